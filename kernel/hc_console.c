// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Console text of a partition.

#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

// Straight into the ring, in two pieces where it wraps. They count when all of the text is there.
static sep_status_t take_text(struct console *console, sep_word_t text, uint32_t size)
{
    uint32_t done = 0;

    if (size > console_room(console)) {
        console->lost++;
        return SEP_NOT_AVAILABLE;
    }
    while (done != size) {
        uint32_t at = (console->head + done) & console->mask;
        uint32_t piece = console->mask + 1u - at;

        if (piece > size - done) {
            piece = size - done;
        }
        if (!hal_guest_read(&console->ring[at], hal_guest(text + done), piece)) {
            return SEP_INVALID_ADDRESS;
        }
        done += piece;
    }
    shared_publish(&console->head, console->head + size);
    return SEP_OK;
}

bool kernel_console_room(void)
{
    const struct console *console = cpu_caller()->partition->console;

    return console != &console_none && console_room(console) != 0u;
}

bool kernel_console_put(uint8_t byte)
{
    struct console *console = cpu_caller()->partition->console;

    if (console == &console_none || console_room(console) == 0u) {
        console->lost++;
        return false;
    }
    console->ring[console->head & console->mask] = byte;
    shared_publish(&console->head, console->head + 1u);
    cpu_want_console(cpu_this(), console_drain(console, CONSOLE_BURST));
    return console_room(console) != 0u;
}

HYPERCALL(console_write)
{
    struct console *console = cpu_caller()->partition->console;
    sep_status_t result;

    if (console == &console_none) {
        return SEP_INVALID_CONFIG;
    }
    if (a1 > SEP_CONSOLE_WRITE_MAX || a1 > console->mask + 1u) {
        return SEP_INVALID_PARAM;
    }
    result = guest_check_read(a0, (uint32_t)a1, 1);
    if (result == SEP_OK) {
        result = take_text(console, a0, (uint32_t)a1);
    }
    if (result == SEP_OK) {
        cpu_want_console(cpu_this(), console_drain(console, CONSOLE_BURST));
    }
    return result;
}
