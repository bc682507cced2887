// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Consoles: a ring per partition and one of the hypervisor, brought out on the board's one console
// in idle time, by transmit interrupts in the owner's slots, and a little at each write.
//
// On the wire each line begins with byte 0x1e and "[name] "; text that continues a line after
// another source's text, too. When that leaves a line unfinished, 0x1e is followed by a line break
// that belongs to nobody. So a terminal shows labelled lines and the host tool separates sources
// exactly. A partition's own 0x1e becomes '?'.
//
// A ring is filled by one processor and may be emptied by any, one at a time.

#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

#include <hal/types.h>
#include <kernel/lock.h>
#include <kernel/shared.h>

#define CONSOLE_MARK 0x1eu
/// Bytes brought out at one write or transmit interrupt.
#define CONSOLE_BURST 16u

struct console {
    const char *name;
    uint8_t *ring;
    uint32_t mask;        ///< ring size - 1
    uint32_t head;        ///< bytes ever put in
    uint32_t tail;        ///< bytes ever taken out
    uint32_t lost;        ///< writes refused
    struct console *next; ///< all consoles in a circle, for draining in turn
};

/// The hypervisor's own console.
extern struct console *console_own;

/// Held by who brings text out; who cannot have it at once leaves it to the holder.
extern struct lock console_wire;

/// That of a partition without one: no ring, never any text.
extern struct console console_none;

/// Begins with one console, for the words before the arena exists. Boot only.
void console_begin(struct console *early);

/// Nothing goes out from now on: the board's console is not the hypervisor's. Boot only.
void console_silence(void);

/// Takes a console with its ring from the arena; the ring size is a power of two.
/// False if the arena is used up. Boot only.
bool console_create(struct console **console, const char *name, uint32_t ring_size);

/// Bytes that find room now.
static inline uint32_t console_room(const struct console *console)
{
    return console->mask + 1u - (console->head - shared_read_after(&console->tail));
}

/// Puts in all of a text or, if the ring lacks room, nothing: false.
bool console_write(struct console *console, const char *text, uint32_t size);

/// Brings out up to limit bytes for one console, marks included. True if something is left. While another processor
/// brings something out, nothing.
bool console_drain(struct console *console, uint32_t limit);

/// Brings out one burst of whichever console has something. True if something may be left; false also while
/// another processor does it. Idle time.
bool console_drain_any(void);

/// Nobody else is left who could be bringing something out.
void console_break_locks(void);

/// Brings out everything, waiting. Boot and system stop only.
void console_flush(void);

#endif
