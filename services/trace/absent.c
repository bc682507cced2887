// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No traces: nobody has such calls, and a configuration that describes streams does not fill the arena.

#include <kernel/hypercall.h>
#include <kernel/trace.h>
#include <septum/build_info.h>

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_trace", .value = 0},
};

bool trace_init(void)
{
    return true;
}

// For an architecture whose trap code names it.
sep_status_t kernel_hypercall_traced(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                                     sep_word_t a4, hal_hypercall_t handler,
                                     __attribute__((unused)) sep_word_t number)
{
    return handler(a0, a1, a2, a3, a4);
}

HYPERCALL(trace_write)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(trace_status)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(trace_read)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}
