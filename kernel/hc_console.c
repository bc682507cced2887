// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Console text of a partition.

#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

HYPERCALL(console_write)
{
    struct console *console = cpu_caller()->partition->console;
    char text[SEP_CONSOLE_WRITE_MAX];
    sep_status_t result;

    if (console == NULL) {
        return SEP_INVALID_CONFIG;
    }
    if (a1 > SEP_CONSOLE_WRITE_MAX || a1 > console->mask + 1u) {
        return SEP_INVALID_PARAM;
    }
    result = guest_read(text, a0, (uint32_t)a1, 1);
    if (result != SEP_OK) {
        return result;
    }
    if (!console_write(console, text, (uint32_t)a1)) {
        return SEP_NOT_AVAILABLE;
    }
    cpu_want_console(cpu_this(), console_drain(console, CONSOLE_BURST));
    return SEP_OK;
}
