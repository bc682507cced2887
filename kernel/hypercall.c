// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The table of hypercalls, and the two simplest.

#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/hypercall.h>

const hal_hypercall_t kernel_hypercall_table[SEP_HC_COUNT + 1u] = {
#define HYPERCALL_ENTRY(number, name, args) [number] = hc_##name,
    SEP_HYPERCALL_LIST(HYPERCALL_ENTRY)
#undef HYPERCALL_ENTRY
        [SEP_HC_COUNT] = kernel_hypercall_unknown,
};

sep_status_t kernel_hypercall_unknown(__attribute__((unused)) sep_word_t a0,
                                      __attribute__((unused)) sep_word_t a1,
                                      __attribute__((unused)) sep_word_t a2,
                                      __attribute__((unused)) sep_word_t a3,
                                      __attribute__((unused)) sep_word_t a4)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

sep_status_t hypercall_refused(sep_status_t status)
{
    event_raise_plain(cpu_caller(), SEP_EVENT_ILLEGAL_HYPERCALL, (uint32_t)-status);
    return status;
}

HYPERCALL(null)
{
    return SEP_OK;
}
