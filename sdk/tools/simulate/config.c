// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A description compiled for the simulated machine, one processor of it.

#include "compile/layout.h"

#include <string.h>

#include <septum/info.h>

#include "base/output.h"
#include "compile/unit.h"
#include "machine/machine.h"
#include "simulate/simulate.h"

/// Where a partition finds its one granule of memory.
#define CODE 0x10000000u

static uint32_t fact(const char *key)
{
    const struct sep_build_info *f = machine_facts;

    while (f->key[0] != '\0' && strcmp(f->key, key) != 0) {
        f++;
    }
    return f->value;
}

static struct target machine_target(void)
{
    struct target t = {.start = MACHINE_START, .end = MACHINE_CONFIG};

#define TAKE_FACT(key, meaning) t.key = fact(#key);
    SEP_BUILD_INFO_LIST(TAKE_FACT)
#undef TAKE_FACT
#define TAKE_LEVEL(n)                                                                              \
    t.geometry.level[n].shift = t.level##n##_shift;                                                \
    t.geometry.level[n].bytes = t.level##n##_bytes;                                                \
    t.geometry.level[n].leaf = t.level##n##_leaf;
    TAKE_LEVEL(0)
    TAKE_LEVEL(1)
    TAKE_LEVEL(2)
    TAKE_LEVEL(3)
#undef TAKE_LEVEL
    t.geometry.levels = t.levels;
    return t;
}

static void *copy_of(struct pool *pool, const void *array, size_t count, size_t size)
{
    void *copy = pool_alloc(pool, (count + 1) * size);

    if (count != 0) {
        memcpy(copy, array, count * size);
    }
    return copy;
}

// Of a partition what schedulers look at. Lines are numbered anew: the machine has fewer.
static void reduce_partition(struct pool *pool, struct sys_partition *p, uint64_t *line)
{
    struct sys_line *lines = pool_alloc(pool, (p->line_count + 1) * sizeof *lines);

    for (size_t i = 0; i < p->line_count; i++) {
        lines[i] = p->lines[i];
        lines[i].number.value = ++*line;
    }
    p->lines = lines;
    memset(p->cpu_of, 0, sizeof p->cpu_of);
    p->flags &= ~(unsigned)SEP_PARTITION_UNMODIFIED;
    p->os.line = 0;
    p->console = (struct num){.value = 0};
    p->trace = (struct sys_trace){.line = 0};
    p->stack_count = p->area_count = p->file_count = p->range_count = 0;
    p->register_count = p->ipvi_count = p->port_count = 0;
}

// The plans of another processor, without their slots but for those that this one has itself.
static void take_plans(struct pool *pool, struct sys_cpu *one, const struct sys_cpu *other)
{
    struct sys_plan *plans = copy_of(pool, other->plans, other->plan_count, sizeof *plans);

    for (size_t n = 0; n < other->plan_count; n++) {
        if (n < one->plan_count) {
            plans[n] = one->plans[n];
        } else {
            plans[n].slot_count = 0;
        }
    }
    one->plans = plans;
    one->plan_count = other->plan_count;
}

// A processor without a plan that another one has is idle in it.
static struct sys_cpu reduce_cpu(struct pool *pool, const struct sys *sys,
                                 const struct sys_cpu *cpu)
{
    struct sys_cpu one = *cpu;

    one.id.value = 0;
    for (size_t i = 0; i < sys->cpu_count; i++) {
        if (sys->cpus[i].plan_count > one.plan_count) {
            take_plans(pool, &one, &sys->cpus[i]);
        }
    }
    return one;
}

static void limit(struct septum *s, unsigned count, unsigned most, const char *what)
{
    if (count > most) {
        diag_add(&s->diags, RULE_SIMULATION, s->sys->partitions_line,
                 "there are %u %s, and %u on the simulated machine" MEND
                 "simulate a description with fewer",
                 count, what, most);
    }
}

static struct sys *reduce(struct septum *s, const struct sys_cpu *cpu)
{
    struct sys *sys = pool_alloc(s->pool, sizeof *sys);
    uint64_t line = 0;

    *sys = *s->sys;
    sys->start.value = MACHINE_START;
    sys->size.value = MACHINE_PARTITIONS - MACHINE_START;
    sys->console.given = false;
    sys->trace = (struct sys_trace){.line = 0};
    sys->channel_count = 0;
    sys->cpus = pool_alloc(s->pool, sizeof *sys->cpus);
    *sys->cpus = reduce_cpu(s->pool, s->sys, cpu);
    sys->cpu_count = 1;
    sys->pools = copy_of(s->pool, sys->pools, sys->pool_count, sizeof *sys->pools);
    for (size_t i = 0; i < sys->pool_count; i++) {
        sys->pools[i].cpu.value = 0;
    }
    sys->partitions =
        copy_of(s->pool, sys->partitions, sys->partition_count, sizeof *sys->partitions);
    for (size_t i = 0; i < sys->partition_count; i++) {
        reduce_partition(s->pool, &sys->partitions[i], &line);
    }
    sys->ring.value = RING_DEFAULT;
    limit(s, (unsigned)line, MACHINE_LINES, "interrupt lines");
    limit(s, (unsigned)sys->partition_count, fact("partitions_max"), "partitions");
    return sys;
}

static void add_unit(struct compile *c, const struct sys_partition *p)
{
    struct unit *u = &c->units[p->id.value];
    struct unit_mapping *m = POOL_PUSH(c->pool, u->mappings, u->mapping_count);

    u->p = p;
    u->image.entry = CODE;
    *m =
        (struct unit_mapping){.name = "code",
                              .virtual = CODE,
                              .physical = MACHINE_PARTITIONS + p->id.value * MACHINE_PARTITION_SIZE,
                              .size = MACHINE_PARTITION_SIZE,
                              .flags = SEP_AREA_READ | SEP_AREA_EXECUTE,
                              .blob = NO_BLOB};
}

struct bytes simulation_config(struct septum *s, const struct sys_cpu *cpu)
{
    struct septum reduced = *s;
    struct compile c = {.s = &reduced, .pool = s->pool, .target = machine_target()};

    reduced.sys = reduce(s, cpu);
    c.unit_count = reduced.sys->partition_count;
    c.units = pool_alloc(s->pool, (c.unit_count + 1) * sizeof *c.units);
    for (size_t i = 0; i < c.unit_count; i++) {
        add_unit(&c, &reduced.sys->partitions[i]);
    }
    // As build() in compile.c: once for its size, once with the addresses.
    layout_blobs(&c);
    layout_place(&c, config_write(&c).size);
    if (s->diags.count != 0 || reduced.diags.count != 0) {
        s->diags = reduced.diags.count != 0 ? reduced.diags : s->diags;
        return (struct bytes){NULL, 0};
    }
    return config_write(&c);
}
