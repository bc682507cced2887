// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Types of the contract between kernel and architecture. Addresses of different kinds cannot be
// mixed: each is an aggregate of one word.

#ifndef HAL_TYPES_H
#define HAL_TYPES_H

#include <hal/kconfig.h>
#include <septum/types.h>

// On 32-bit machines a struct is passed through memory, even one of a word. A transparent union is
// passed as its member, in a register; that it also accepts a bare word is found by builds with
// HAL_STRICT_TYPES, the unit tests' among them, which compile the same kernel with structs.
#ifdef HAL_STRICT_TYPES
#define HAL_WORD_TYPE(name)                                                                        \
    typedef struct {                                                                               \
        uintptr_t value;                                                                           \
    } name
#else
#define HAL_WORD_TYPE(name)                                                                        \
    typedef union {                                                                                \
        uintptr_t value;                                                                           \
    } name __attribute__((transparent_union))
#endif

/// Physical address.
HAL_WORD_TYPE(hal_phys_t);

/// Address as a partition uses it: virtual where it runs in user mode, guest-physical elsewhere.
HAL_WORD_TYPE(hal_guest_t);

static inline hal_phys_t hal_phys(uint64_t value)
{
    return (hal_phys_t){(uintptr_t)value};
}

static inline hal_guest_t hal_guest(uintptr_t value)
{
    return (hal_guest_t){value};
}

#endif
