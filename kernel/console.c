// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Consoles: rings, and the one line out of the machine.

#include <hal/console.h>
#include <kernel/arena.h>
#include <kernel/console.h>

#include <hal/cpu.h>
#include <septum/arena.h>
#include <stddef.h>

struct console *console_own;

static struct console *consoles;

// What is on the wire: whose line it is, whether it is unfinished, and how much of a mark has gone
// out. Belongs to whoever drains; draining is done by the processor that owns the board's console.
static struct {
    struct console *source; ///< NULL: nobody yet
    bool unfinished;        ///< the last byte sent was not a line break
    bool marked;            ///< the source's mark for this line is out
    uint32_t mark_sent;     ///< bytes of the mark under way
} wire;

bool console_create(struct console **console, const char *name, uint32_t ring_size)
{
    struct console *c = arena_take((uint32_t)sep_arena_round(sizeof(*c)));
    uint8_t *ring = arena_take(ring_size);

    if (c == NULL || ring == NULL) {
        return false;
    }
    *c = (struct console){.name = name, .ring = ring, .mask = ring_size - 1u, .next = consoles};
    consoles = c;
    *console = c;
    return true;
}

void console_begin(struct console *early)
{
    __builtin_memset(&wire, 0, sizeof(wire));
    early->next = NULL;
    consoles = early;
    console_own = early;
}

bool console_write(struct console *console, const char *text, uint32_t size)
{
    uint32_t head = console->head;

    if (size > console->mask + 1u - (head - console->tail)) {
        console->lost++;
        return false;
    }
    for (uint32_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)text[i];

        console->ring[head++ & console->mask] = byte == CONSOLE_MARK ? (uint8_t)'?' : byte;
    }
    console->head = head;
    return true;
}

// Byte n of the mark that introduces console's text: RS, a line break if another source's line is
// unfinished, "[name] ". Zero behind its end.
static uint8_t mark_byte(const struct console *console, uint32_t n)
{
    static const char prefix[] = {(char)CONSOLE_MARK, '\n', '['};
    uint32_t i = 0;

    if (n != 0u && !wire.unfinished) {
        n++; // no line break
    }
    if (n < sizeof(prefix)) {
        return (uint8_t)prefix[n];
    }
    n -= (uint32_t)sizeof(prefix);
    while (i < n && console->name[i] != '\0') {
        i++;
    }
    if (console->name[i] != '\0') {
        return (uint8_t)console->name[i];
    }
    if (n - i < 2u) {
        return (uint8_t)"] "[n - i];
    }
    return 0;
}

// Sends what is missing of the mark. True when it is out.
static bool send_mark(struct console *console)
{
    uint8_t byte;

    if (wire.marked && wire.source == console) {
        return true;
    }
    if (wire.source != console) {
        wire.source = console;
        wire.marked = false;
        wire.mark_sent = 0;
    }
    for (byte = mark_byte(console, wire.mark_sent); byte != 0u;
         byte = mark_byte(console, wire.mark_sent)) {
        if (!hal_console_put(byte)) {
            return false;
        }
        wire.mark_sent++;
    }
    wire.marked = true;
    wire.mark_sent = 0;
    wire.unfinished = true;
    return true;
}

bool console_drain(struct console *console, uint32_t limit)
{
    while (console->tail != console->head && limit != 0u) {
        uint8_t byte = console->ring[console->tail & console->mask];

        if (!send_mark(console) || !hal_console_put(byte)) {
            return true;
        }
        console->tail++;
        limit--;
        if (byte == (uint8_t)'\n') {
            wire.marked = false;
            wire.unfinished = false;
        }
    }
    return console->tail != console->head;
}

bool console_drain_any(void)
{
    struct console *console = wire.source;

    // The line under way first, then whoever has something.
    if (console != NULL && wire.unfinished && console->tail != console->head) {
        (void)console_drain(console, CONSOLE_BURST);
        return true;
    }
    for (console = consoles; console != NULL; console = console->next) {
        if (console->tail != console->head) {
            (void)console_drain(console, CONSOLE_BURST);
            return true;
        }
    }
    return false;
}

void console_flush(void)
{
    while (console_drain_any()) {
        hal_cpu_relax();
    }
}
