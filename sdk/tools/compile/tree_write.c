// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writing a flattened device tree node by node, with libfdt.

#include "compile/tree_write.h"

#include <inttypes.h>
#include <string.h>

#include <libfdt.h>

#define CELL_BYTES 4u
#define INTERRUPT_CELLS 3u
#define FIRST_SHARED 32u // the lower numbers are a processor's own
#define FIRST_PRIVATE 16u

static void note(struct tree *t, int result)
{
    t->failed = t->failed || result != 0;
}

static void property(struct tree *t, const char *name, const void *value, size_t size)
{
    if (!t->failed) {
        note(t, fdt_property(t->buffer, name, value, (int)size));
    }
}

void tree_begin(struct tree *t, const char *name)
{
    if (!t->failed) {
        note(t, fdt_begin_node(t->buffer, name));
    }
}

void tree_begin_at(struct tree *t, const char *name, uint64_t address)
{
    tree_begin(t, pool_printf(t->c->pool, "%s@%" PRIx64, name, address));
}

void tree_end(struct tree *t)
{
    if (!t->failed) {
        note(t, fdt_end_node(t->buffer));
    }
}

void tree_flag(struct tree *t, const char *name)
{
    property(t, name, NULL, 0);
}

void tree_text(struct tree *t, const char *name, const char *text)
{
    property(t, name, text, strlen(text) + 1);
}

void tree_texts(struct tree *t, const char *name, const char *words)
{
    char *list = pool_alloc(t->c->pool, strlen(words) + 1);
    size_t size = 0;

    while (*words != '\0') {
        size_t length = strcspn(words, " ");

        if (length != 0) {
            memcpy(list + size, words, length);
            size += length;
            list[size++] = '\0';
        }
        words += length + (words[length] != '\0' ? 1 : 0);
    }
    property(t, name, list, size);
}

void tree_cells(struct tree *t, const char *name, const uint32_t *values, size_t count)
{
    fdt32_t *cells = pool_alloc(t->c->pool, (count + 1) * sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        cells[i] = cpu_to_fdt32(values[i]);
    }
    property(t, name, cells, count * CELL_BYTES);
}

void tree_cell(struct tree *t, const char *name, uint32_t value)
{
    tree_cells(t, name, &value, 1);
}

void tree_address(struct tree *t, const char *name, uint64_t value)
{
    const uint32_t cells[] = {(uint32_t)(value >> 32), (uint32_t)value};

    tree_cells(t, name, cells, 2);
}

void tree_reg(struct tree *t, const struct tree_range *ranges, size_t count)
{
    uint32_t *cells = pool_alloc(t->c->pool, 4 * count * sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        cells[4 * i] = (uint32_t)(ranges[i].start >> 32);
        cells[4 * i + 1] = (uint32_t)ranges[i].start;
        cells[4 * i + 2] = (uint32_t)(ranges[i].size >> 32);
        cells[4 * i + 3] = (uint32_t)ranges[i].size;
    }
    tree_cells(t, "reg", cells, 4 * count);
}

// A GICv2 wants to know which processors a private interrupt is for: all of the partition's.
static uint32_t processors(const struct tree *t)
{
    return t->board->virtual.controller == CONTROLLER_GICV2
               ? (uint32_t)(((uint64_t)1 << t->p->vcpus.value) - 1u) << 8 & 0xff00u
               : 0;
}

void tree_interrupts(struct tree *t, const uint64_t *numbers, size_t count,
                     enum tree_trigger trigger)
{
    uint32_t *cells = pool_alloc(t->c->pool, INTERRUPT_CELLS * count * sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        bool private = numbers[i] < FIRST_SHARED;
        uint64_t first = private ? FIRST_PRIVATE : FIRST_SHARED;

        cells[INTERRUPT_CELLS * i] = private ? 1 : 0;
        cells[INTERRUPT_CELLS * i + 1] = (uint32_t)(numbers[i] - first);
        cells[INTERRUPT_CELLS * i + 2] = (uint32_t)trigger | (private ? processors(t) : 0);
    }
    tree_cells(t, "interrupts", cells, INTERRUPT_CELLS * count);
}

const struct vdevice *tree_device(const struct tree *t, enum sep_vdevice kind)
{
    for (size_t i = 0; i < t->devices.count; i++) {
        if (t->devices.list[i].kind == kind) {
            return &t->devices.list[i];
        }
    }
    return NULL;
}
