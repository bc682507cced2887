// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Consoles: rings, and the one line out of the machine.

#include <hal/console.h>
#include <kernel/arena.h>
#include <kernel/console.h>
#include <kernel/lock.h>
#include <kernel/shared.h>

#include <hal/cpu.h>
#include <septum/arena.h>
#include <stddef.h>

struct console *console_own;

struct lock console_wire;

struct console console_none;

// The youngest of a circle of all consoles.
static struct console *consoles;

/// Bytes after which an unfinished line gives way to another source.
#define WIRE_TURN 128u

// What is on the wire: whose line it is, whether it is unfinished, and how much of a mark has gone
// out. Belongs to whoever drains.
static struct {
    struct console *source;      ///< NULL: nobody yet
    uint32_t turn;               ///< bytes since it became the source
    char mark[SEP_NAME_MAX + 5]; ///< under way
    uint32_t mark_size;          ///< 0: none is
    uint32_t mark_sent;
    bool unfinished; ///< something was sent since the last line break
    bool marked;     ///< the source's mark for this line is out
    bool silent;     ///< the board's console is not ours: texts stay in their rings
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
    if (size > console_room(console)) {
        console->lost++;
        return false;
    }
    for (uint32_t i = 0; i < size; i++) {
        console->ring[(console->head + i) & console->mask] = (uint8_t)text[i];
    }
    shared_publish(&console->head, console->head + size);
    return true;
}

// Writes the mark that introduces console's text: RS, a line break if another source's line is
// unfinished, "[name] ".
static void compose_mark(const struct console *console)
{
    const char *name = console->name;
    uint32_t n = 0;

    wire.mark[n++] = (char)CONSOLE_MARK;
    if (wire.unfinished) {
        wire.mark[n++] = '\n';
    }
    wire.mark[n++] = '[';
    while (*name != '\0') { // shorter than SEP_NAME_MAX (config_open())
        wire.mark[n++] = *name++;
    }
    wire.mark[n++] = ']';
    wire.mark[n++] = ' ';
    wire.mark_size = n;
    wire.mark_sent = 0;
}

// Sends what is missing of the mark, at most *limit bytes. True when it is out.
static bool send_mark(struct console *console, uint32_t *limit)
{
    if (wire.source != console) {
        wire.source = console;
        wire.turn = 0;
        wire.marked = false;
        wire.mark_size = 0;
    }
    if (wire.marked) {
        return true;
    }
    if (wire.mark_size == 0u) {
        compose_mark(console);
    }
    while (wire.mark_sent < wire.mark_size) {
        if (*limit == 0u || !hal_console_put((uint8_t)wire.mark[wire.mark_sent])) {
            return false;
        }
        wire.unfinished = true;
        wire.mark_sent++;
        --*limit;
    }
    wire.marked = true;
    wire.mark_size = 0;
    return true;
}

// Whether there is text in the ring.
static inline bool has_text(const struct console *console)
{
    return shared_read(&console->tail) != shared_read_after(&console->head);
}

// With the wire.
static bool drain(struct console *console, uint32_t limit)
{
    while (has_text(console) && limit != 0u) {
        uint8_t byte = console->ring[console->tail & console->mask];

        if (byte == CONSOLE_MARK) {
            byte = (uint8_t)'?';
        }
        if (!send_mark(console, &limit) || limit == 0u || !hal_console_put(byte)) {
            return true;
        }
        shared_publish(&console->tail, console->tail + 1u);
        wire.turn++;
        limit--;
        if (byte == (uint8_t)'\n') {
            wire.marked = false;
            wire.unfinished = false;
        }
    }
    return has_text(console);
}

bool console_drain(struct console *console, uint32_t limit)
{
    bool more;

    if (wire.silent) {
        return false;
    }
    if (!lock_try(&console_wire)) {
        return has_text(console);
    }
    more = drain(console, limit);
    lock_give(&console_wire);
    return more;
}

// Whether a console has something that may go out.
static bool waits(const struct console *console)
{
    return has_text(console) && !wire.silent;
}

// With the wire.
static bool drain_any(void)
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
    (void)drain(console, CONSOLE_BURST);
    return true;
}

bool console_drain_any(void)
{
    bool more;

    if (!lock_try(&console_wire)) {
        return false;
    }
    more = drain_any();
    lock_give(&console_wire);
    return more;
}

void console_break_locks(void)
{
    lock_break(&console_wire);
}

void console_flush(void)
{
    while (console_drain_any()) {
        hal_cpu_relax();
    }
}
