// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Declared stacks: one for every vCPU, in writable memory, where there is room.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/info.h>

#include "base/suggest.h"
#include "base/units.h"

#define STACK_ALIGN 8u

static int find_area(struct check *c, const struct sys_partition *p, const struct sys_stack *stack)
{
    struct suggest suggest = suggest_begin(stack->area.text);

    for (size_t i = 0; i < p->area_count; i++) {
        if (strcmp(p->areas[i].name.text, stack->area.text) == 0) {
            return (int)i;
        }
        suggest_word(&suggest, p->areas[i].name.text);
    }
    if (stack->area.given) {
        diag_add(c->diags, RULE_STACK_AREA, stack->area.line,
                 "stack of partition '%s' lies in area '%s', which does not exist" MEND "%s",
                 p->name.text, stack->area.text,
                 suggest_text(&suggest, c->pool, "name one of the partition's memory areas"));
    }
    return -1;
}

// Puts a stack at its offset, or below the ones that were put at the area's end so far.
static void place(struct check *c, const struct sys_partition *p, struct sys_stack *stack,
                  const struct sys_area *area, uint64_t *room)
{
    uint64_t offset = stack->offset.given ? stack->offset.value : *room - stack->size.value;
    uint64_t available = stack->offset.given ? area->size.value : *room;

    if (stack->size.value > available ||
        (stack->offset.given && offset > area->size.value - stack->size.value)) {
        diag_add(c->diags, RULE_STACK_SIZE, stack->size.line,
                 "stack of %s%s does not fit into area '%s' of partition '%s', %s with %s free "
                 "(line %u)" MEND "shrink the stack or enlarge the area",
                 units_print_size(c->pool, stack->size.value),
                 stack->offset.given ? " at its offset" : "", area->name.text, p->name.text,
                 units_print_size(c->pool, area->size.value), units_print_size(c->pool, available),
                 area->line);
        return;
    }
    if (!stack->offset.given) {
        *room = offset;
    }
    stack->base = area->mapped.value + offset;
    stack->placed = area->mapped.ok;
}

static void check_properties(struct check *c, const struct sys_partition *p,
                             const struct sys_stack *stack, const struct sys_area *area)
{
    if ((area->flags & SEP_AREA_WRITE) == 0u) {
        diag_add(c->diags, RULE_STACK_READ_ONLY, stack->area.line,
                 "stack of partition '%s' lies in area '%s', which is not writable (line %u)" MEND
                 "choose an area with rights=\"rw\"",
                 p->name.text, area->name.text, area->line);
    }
    if (stack->size.ok &&
        (stack->size.value | (stack->offset.ok ? stack->offset.value : 0)) % STACK_ALIGN != 0) {
        diag_add(c->diags, RULE_MISALIGNED, stack->size.line,
                 "size or offset of a stack of partition '%s' is not a multiple of 8" MEND
                 "stacks are aligned to 8 bytes",
                 p->name.text);
    }
}

static void place_all(struct check *c, struct sys_partition *p)
{
    uint64_t *room = pool_alloc(c->pool, (p->area_count + 1) * sizeof *room);

    for (size_t i = 0; i < p->area_count; i++) {
        room[i] = p->areas[i].size.value;
    }
    for (size_t i = 0; i < p->stack_count; i++) {
        struct sys_stack *stack = &p->stacks[i];

        stack->index = find_area(c, p, stack);
        if (stack->index >= 0) {
            const struct sys_area *area = &p->areas[stack->index];

            check_properties(c, p, stack, area);
            if (area->size.ok && stack->size.ok && (stack->offset.ok || !stack->offset.given)) {
                place(c, p, stack, area, &room[stack->index]);
            }
        }
    }
}

static void check_pairs(struct check *c, const struct sys_partition *p)
{
    for (size_t i = 0; i < p->stack_count; i++) {
        const struct sys_stack *a = &p->stacks[i];

        for (size_t k = i + 1; k < p->stack_count; k++) {
            const struct sys_stack *b = &p->stacks[k];

            if (a->placed && b->placed &&
                check_overlaps(a->base, a->size.value, b->base, b->size.value)) {
                diag_add(c->diags, RULE_STACKS_OVERLAP, b->line,
                         "stack %s of partition '%s' overlaps stack %s (line %u)" MEND
                         "change an offset or leave both out",
                         check_span(c, b->base, b->size.value), p->name.text,
                         check_span(c, a->base, a->size.value), a->line);
            }
        }
    }
}

static void check_vcpus(struct check *c, const struct sys_partition *p)
{
    const struct sys_stack *seen[VCPUS_MAX] = {NULL};

    for (size_t i = 0; i < p->stack_count; i++) {
        const struct sys_stack *stack = &p->stacks[i];
        uint64_t v = stack->vcpu.value;

        if (!stack->vcpu.ok) {
            continue;
        }
        if (p->vcpus.ok && v >= p->vcpus.value) {
            diag_add(c->diags, RULE_STACK_VCPU, stack->vcpu.line,
                     "stack for vCPU %" PRIu64 " of partition '%s', which has %" PRIu64
                     " (line %u)" MEND "vCPUs are numbered from 0, see 'vcpus' of the partition",
                     v, p->name.text, p->vcpus.value, p->line);
        } else if (seen[v] != NULL) {
            diag_add(c->diags, RULE_STACK_VCPU, stack->vcpu.line,
                     "second stack for vCPU %" PRIu64 " of partition '%s', the first in line "
                     "%u" MEND "remove one",
                     v, p->name.text, seen[v]->line);
        }
        seen[v] = seen[v] != NULL ? seen[v] : stack;
    }
    for (uint64_t v = 0; p->vcpus.ok && v < p->vcpus.value; v++) {
        if (seen[v] == NULL && p->os.line == 0) {
            diag_add(c->diags, RULE_STACK_MISSING, p->line,
                     "vCPU %" PRIu64 " of partition '%s' has no stack" MEND
                     "add <Stack vcpu=\"%" PRIu64 "\" area=\"...\" size=\"8KiB\"/>",
                     v, p->name.text, v);
        }
    }
}

void check_stacks(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        place_all(c, &c->sys->partitions[i]);
        check_pairs(c, &c->sys->partitions[i]);
        check_vcpus(c, &c->sys->partitions[i]);
    }
}
