// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writing a flattened device tree node by node. Calls after the first failure do nothing; there is
// one kind of failure, a buffer that is too small.

#ifndef SEPTUM_TOOL_TREE_WRITE_H
#define SEPTUM_TOOL_TREE_WRITE_H

#include "compile/unit.h"
#include "model/vdevices.h"

#define TREE_PHANDLE_CONTROLLER 1u
#define TREE_PHANDLE_CLOCK 2u

/// How an interrupt is signalled, as the binding of the interrupt controller has it.
enum tree_trigger { TREE_EDGE_RISING = 1, TREE_LEVEL_HIGH = 4 };

struct tree {
    void *buffer;
    size_t size;
    bool failed;
    const struct compile *c;
    const struct board *board;
    const struct sys_partition *p;
    struct vdevices devices;
};

struct tree_range {
    uint64_t start, size;
};

/// A node NAME@ADDRESS, or NAME alone; then its properties, its children, its end.
void tree_begin(struct tree *t, const char *name);
void tree_begin_at(struct tree *t, const char *name, uint64_t address);
void tree_end(struct tree *t);

void tree_flag(struct tree *t, const char *name);
void tree_text(struct tree *t, const char *name, const char *text);
/// Words separated by blanks become a list of strings.
void tree_texts(struct tree *t, const char *name, const char *words);
void tree_cell(struct tree *t, const char *name, uint32_t value);
void tree_cells(struct tree *t, const char *name, const uint32_t *values, size_t count);
/// One number of two cells.
void tree_address(struct tree *t, const char *name, uint64_t value);
void tree_reg(struct tree *t, const struct tree_range *ranges, size_t count);
/// Property `interrupts` from numbers of the interrupt controller.
void tree_interrupts(struct tree *t, const uint64_t *numbers, size_t count,
                     enum tree_trigger trigger);

/// The virtual device of a kind; NULL: the partition has none.
const struct vdevice *tree_device(const struct tree *t, enum sep_vdevice kind);

/// Nodes of what the partition has of the board and shares with others.
void tree_assigned(struct tree *t);

#endif
