// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Basic types of the partition interface. Fixed width wherever a value crosses a border.

#ifndef SEPTUM_TYPES_H
#define SEPTUM_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Time in nanoseconds, absolute (since the hypervisor started) or a duration. 2^63 ns are 292 years.
typedef uint64_t sep_time_t;

/// A machine word: a hypercall's argument. Pointers travel in one.
typedef uintptr_t sep_word_t;

/// No time: a disarmed timer, an absent period.
#define SEP_TIME_NONE ((sep_time_t)0)

/// Longest name of a partition, area, port or file, with its terminating zero.
#define SEP_NAME_MAX 32

/// Revision of everything below sdk/include/septum; tool, kernel and partitions must agree on it.
#define SEP_ABI_REVISION 1u

/// Architectures, as written into the compiled configuration.
enum sep_arch {
    SEP_ARCH_HOST = 0,
    SEP_ARCH_SPARC = 1,
    SEP_ARCH_ARM64 = 2,
    SEP_ARCH_MIPS = 3,
    SEP_ARCH_X86_64 = 4,
};

#endif
