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

// The youngest of a circle of all consoles.
static struct console *consoles;

/// Bytes after which an unfinished line gives way to another source.
#define WIRE_TURN 128u

// What is on the wire: whose line it is, whether it is unfinished, and how much of a mark has gone
// out. Belongs to whoever drains; draining is done by the processor that owns the board's console.
static struct {
    struct console *source; ///< NULL: nobody yet
    uint32_t turn;          ///< bytes since it became the source
    uint32_t mark_sent;     ///< bytes of the mark under way
    bool unfinished;        ///< something was sent since the last line break
    bool mark_breaks;       ///< the mark under way begins with a line break
    bool marked;            ///< the source's mark for this line is out
    bool silent;            ///< the board's console is not ours: texts stay in their rings
} wire;

bool console_create(struct console **console, const char *name, uint32_t ring_size)
{
    struct console *c = arena_take((uint32_t)sep_arena_round(sizeof(*c)));
    uint8_t *ring = arena_take(ring_size);

    if (c == NULL || ring == NULL) {
        return false;
    }
    *c = (struct console){
        .name = name, .ring = ring, .mask = ring_size - 1u, .next = consoles->next};
    consoles->next = c;
    consoles = c;
    *console = c;
    return true;
}

void console_begin(struct console *early)
{
    __builtin_memset(&wire, 0, sizeof(wire));
    early->next = early;
    consoles = early;
    console_own = early;
}

void console_silence(void)
{
    wire.silent = true;
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

    if (n != 0u && !wire.mark_breaks) {
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

    if (wire.source != console) {
        wire.source = console;
        wire.turn = 0;
        wire.marked = false;
        wire.mark_sent = 0;
    }
    if (wire.marked) {
        return true;
    }
    if (wire.mark_sent == 0u) {
        wire.mark_breaks = wire.unfinished;
    }
    for (byte = mark_byte(console, wire.mark_sent); byte != 0u;
         byte = mark_byte(console, wire.mark_sent)) {
        if (!hal_console_put(byte)) {
            return false;
        }
        wire.unfinished = true;
        wire.mark_sent++;
    }
    wire.marked = true;
    wire.mark_sent = 0;
    return true;
}

bool console_drain(struct console *console, uint32_t limit)
{
    if (wire.silent) {
        return false;
    }
    while (console->tail != console->head && limit != 0u) {
        uint8_t byte = console->ring[console->tail & console->mask];

        if (!send_mark(console) || !hal_console_put(byte)) {
            return true;
        }
        console->tail++;
        wire.turn++;
        limit--;
        if (byte == (uint8_t)'\n') {
            wire.marked = false;
            wire.unfinished = false;
        }
    }
    return console->tail != console->head;
}

// Whether a console has something that may go out.
static bool waits(const struct console *console)
{
    return console->tail != console->head && !wire.silent;
}

bool console_drain_any(void)
{
    struct console *last = wire.source != NULL ? wire.source : consoles;
    struct console *console = last;

    // The line under way first, but not for ever; then everyone in turn.
    if (!waits(console) || !wire.unfinished || wire.turn >= WIRE_TURN) {
        do {
            console = console->next;
        } while (!waits(console) && console != last);
    }
    if (!waits(console)) {
        return false;
    }
    if (console == last && wire.turn >= WIRE_TURN) {
        wire.turn = 0;
    }
    (void)console_drain(console, CONSOLE_BURST);
    return true;
}

void console_flush(void)
{
    while (console_drain_any()) {
        hal_cpu_relax();
    }
}
