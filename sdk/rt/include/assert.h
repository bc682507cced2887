// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Assertions: a failed one prints where and halts the partition.

#ifndef SEPTUM_RT_ASSERT_H
#define SEPTUM_RT_ASSERT_H

_Noreturn void rt_assert_failed(const char *condition, const char *file, int line);

#define static_assert _Static_assert

#endif

// As the standard says, assert() follows NDEBUG anew at each inclusion.
#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : rt_assert_failed(#condition, __FILE__, __LINE__))
#endif
