// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the tool knows of a board.

#ifndef SEPTUM_TOOL_BOARD_H
#define SEPTUM_TOOL_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/file.h"

enum region_kind { REGION_RAM, REGION_ROM, REGION_DEVICE };

struct region {
    const char *name;
    enum region_kind kind;
    uint64_t start, size;
};

struct device {
    const char *name;
    uint64_t start, size;
    uint64_t line;
    bool has_line;
    bool console;           ///< the hypervisor has a driver that can use it as its console
    const char *compatible; ///< for device trees, words separated by blanks; "": none
    const char *clocks;     ///< names, the same
};

enum interrupt_controller { CONTROLLER_GICV3, CONTROLLER_GICV2 };

/// What an unmodified operating system finds; addresses are guest-physical.
struct virtual_devices {
    const char *processor; ///< its word in device trees; NULL: the board runs no such system
    uint64_t clock;        ///< Hz
    enum interrupt_controller controller;
    uint64_t distributor, interfaces;
    uint64_t
        interface_hardware; ///< gicv2: physical address of what partitions have of the interface
    uint64_t timer_secure, timer_physical, timer_virtual, timer_hypervisor; ///< interrupts
    uint64_t console, console_interrupt;
    uint64_t doorbells, doorbells_interrupt; ///< the first ones
};

struct reserved_line {
    uint64_t line;
    const char *by;
};

struct reserved_range {
    uint64_t start, size;
    const char *by;
};

/// How the board's emulator is started; see docs/description-format.md.
struct emulator {
    const char *program; ///< NULL: the board has none
    const char *arguments;
    const char *elf;
    const char *rom;
    const char *icount;
    const char *processors; ///< words for a system of several, % is how many
    const char *monitor;    ///< keeps a system that has ended, and listens to QMP on the socket %
    uint64_t shift;
};

struct board {
    const char *path; ///< of its description
    const char *name;
    const char *arch;
    uint64_t granule;
    uint64_t cpus;
    uint64_t line_first, line_last;
    struct region *regions;
    size_t region_count;
    struct device *devices;
    size_t device_count;
    struct reserved_line *lines;
    size_t line_count;
    struct reserved_range *ranges;
    size_t range_count;
    struct virtual_devices virtual;
    struct emulator emulator;
};

/// The board's description from the first folder that has NAME.xml: the given one, or those of the
/// installation. NULL after reporting why at the given line of the system description.
const struct board *board_find(struct diags *diags, const char *folder, const char *name,
                               unsigned line);

/// The bounds that were measured on a board, beside the descriptions of the installation; NULL: none.
const char *board_bounds(struct pool *pool, const char *name);

/// A board from its description's text; NULL after reporting errors.
const struct board *board_read(struct diags *diags, const char *path, struct bytes text);

/// A region of a kind that holds all of [start, start + size).
const struct region *board_region(const struct board *board, enum region_kind kind, uint64_t start,
                                  uint64_t size);

#endif
