// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Single device registers: aligned, not the hypervisor's, writable bits given once.

#include "check/check.h"

#include <inttypes.h>

static uint64_t width_mask(uint64_t width)
{
    return width >= 4 ? UINT32_MAX : (1ull << (8 * width)) - 1u;
}

static bool check_width(struct check *c, const char *partition, const struct sys_register *reg)
{
    uint64_t w = reg->width.value;

    if (!reg->width.ok || !reg->address.ok) {
        return false;
    }
    if (w != 1 && w != 2 && w != 4) {
        diag_add(c->diags, RULE_REGISTER_WIDTH, reg->width.line,
                 "register 0x%" PRIx64 " of partition '%s' is %" PRIu64 " bytes wide" MEND
                 "width is 1, 2 or 4",
                 reg->address.value, partition, w);
        return false;
    }
    if (reg->address.value % w != 0) {
        diag_add(c->diags, RULE_REGISTER_MISALIGNED, reg->address.line,
                 "register 0x%" PRIx64 " of partition '%s' is not aligned to its %" PRIu64
                 " bytes" MEND "correct the address or the width",
                 reg->address.value, partition, w);
        return false;
    }
    return true;
}

static void check_mask(struct check *c, const char *partition, const struct sys_register *reg,
                       const struct num *mask, const char *name)
{
    if (mask->given && mask->ok && (mask->value & ~width_mask(reg->width.value)) != 0) {
        diag_add(c->diags, RULE_REGISTER_MASK, mask->line,
                 "%s mask 0x%" PRIx64 " of register 0x%" PRIx64 " of partition '%s' is wider than "
                 "its %" PRIu64 " bytes" MEND "at most 0x%" PRIx64,
                 name, mask->value, reg->address.value, partition, reg->width.value,
                 width_mask(reg->width.value));
    }
}

static void check_place(struct check *c, const char *partition, const struct sys_register *reg)
{
    const char *other;

    if (c->board == NULL) {
        return;
    }
    other = check_reserved(c, reg->address.value, reg->width.value);
    if (other != NULL) {
        diag_add(c->diags, RULE_DEVICE_RESERVED, reg->address.line,
                 "register 0x%" PRIx64 " of partition '%s' is part of %s" MEND
                 "no partition can have it",
                 reg->address.value, partition, other);
    } else if (board_region(c->board, REGION_DEVICE, reg->address.value, reg->width.value) ==
               NULL) {
        diag_add(c->diags, RULE_DEVICE_OUTSIDE, reg->address.line,
                 "register 0x%" PRIx64 " of partition '%s' is not in device memory of board "
                 "'%s'" MEND "see the board's regions of type 'device'",
                 reg->address.value, partition, c->board->name);
    }
}

struct owner {
    const struct sys_partition *partition;
    const struct sys_register *reg;
};

// Two partitions may have one register when no bit may be written by both.
static bool agree(const struct owner *a, const struct owner *b)
{
    if (!check_overlaps(a->reg->address.value, a->reg->width.value, b->reg->address.value,
                        b->reg->width.value)) {
        return true;
    }
    return a->partition != b->partition && a->reg->address.value == b->reg->address.value &&
           a->reg->width.value == b->reg->width.value &&
           (a->reg->write.value & b->reg->write.value) == 0;
}

static void check_twice(struct check *c, const struct owner *owners, size_t count,
                        const struct owner *now)
{
    for (size_t i = 0; i < count; i++) {
        if (!agree(&owners[i], now)) {
            diag_add(
                c->diags, RULE_REGISTER_TWICE, now->reg->address.line,
                "register 0x%" PRIx64 " of partition '%s' overlaps register 0x%" PRIx64
                " of partition '%s' (line %u)" MEND
                "partitions can share a register only when their write masks differ in every bit",
                now->reg->address.value, now->partition->name.text, owners[i].reg->address.value,
                owners[i].partition->name.text, owners[i].reg->line);
            return;
        }
    }
}

void check_registers(struct check *c)
{
    struct owner *owners = NULL;
    size_t count = 0;

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->register_count; k++) {
            struct owner now = {p, &p->registers[k]};

            if (check_width(c, p->name.text, now.reg)) {
                check_mask(c, p->name.text, now.reg, &now.reg->read, "read");
                check_mask(c, p->name.text, now.reg, &now.reg->write, "write");
                check_place(c, p->name.text, now.reg);
                check_twice(c, owners, count, &now);
                *POOL_PUSH(c->pool, owners, count) = now;
            }
        }
    }
}
