// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Assertions: a bug of ours, never something a partition can cause.

#ifndef KERNEL_ASSERT_H
#define KERNEL_ASSERT_H

#include <hal/kconfig.h>
#include <kernel/panic.h>

#define KERNEL_ASSERT_TEXT(line) #line
#define KERNEL_ASSERT_LINE(line) KERNEL_ASSERT_TEXT(line)
#define kernel_assert(condition)                                                                   \
    do {                                                                                           \
        if (IS_ENABLED(CONFIG_ASSERTIONS) && !(condition)) {                                       \
            panic("assertion " __FILE_NAME__ ":" KERNEL_ASSERT_LINE(__LINE__));                    \
        }                                                                                          \
    } while (0)

#endif
