// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Handlers of the hypercalls: check everything, then commit in a step that cannot fail.

#ifndef KERNEL_HYPERCALL_H
#define KERNEL_HYPERCALL_H

#include <hal/trap.h>

// hc_<name>() for every entry of SEP_HYPERCALL_LIST, all of type hal_hypercall_t.
#define HYPERCALL_PROTOTYPE(number, name, args)                                                    \
    sep_status_t hc_##name(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,             \
                           sep_word_t a4);
SEP_HYPERCALL_LIST(HYPERCALL_PROTOTYPE)
#undef HYPERCALL_PROTOTYPE

/// Begins a handler. Arguments that it does not use need no cast to void.
#define HYPERCALL(name)                                                                            \
    sep_status_t hc_##name(                                                                        \
        __attribute__((unused)) sep_word_t a0, __attribute__((unused)) sep_word_t a1,              \
        __attribute__((unused)) sep_word_t a2, __attribute__((unused)) sep_word_t a3,              \
        __attribute__((unused)) sep_word_t a4)

/// The caller may not do this: the event illegal-hypercall, with the status (a negative number) as the
/// handler's answer. Off the way of calls that are allowed.
sep_status_t hypercall_refused(sep_status_t status);

/// A 64-bit argument that begins at word i of the array w and the index of the word behind it.
static inline uint64_t hypercall_arg64(const sep_word_t *w)
{
    if (sizeof(sep_word_t) == sizeof(uint64_t)) {
        return w[0];
    }
    return ((uint64_t)w[0] << 32) | w[1];
}
#define HYPERCALL_WORDS64 (sizeof(uint64_t) / sizeof(sep_word_t))

#endif
