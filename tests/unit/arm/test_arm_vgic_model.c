// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interrupt controller, with simulated list registers below it, against a model that has no list
// registers at all: a partition must not see a difference. Long random runs with 32 interrupts, and every sequence
// of few steps with few interrupts.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vm/vgic.h>

#include "gic_sim.h"

#define COUNT 32u ///< interrupts of the random runs, from FIRST on
#define FIRST 40u

enum kind { EDGE, LEVEL, HARDWARE };

struct model_irq {
    enum kind kind;
    uint32_t priority;
    bool enabled, latched, line, active;
    bool busy; ///< HARDWARE: active at the hardware's own controller
};

struct model {
    struct model_irq irq[COUNT];
    uint32_t count;
    uint32_t stack[SIM_DEPTH_MAX]; ///< priorities that run
    uint32_t running[SIM_DEPTH_MAX];
    uint32_t depth;
};

struct world {
    struct vgic vgic;
    struct vgic_cpu cpu;
    struct gic_sim sim;
    struct model model;
};

// -------------------------------------------------------------------------------------------- model

static bool model_pending(const struct model_irq *irq)
{
    return irq->latched || (irq->kind == LEVEL && irq->line);
}

// What the partition gets now: the most urgent one, of equals that with the lowest number.
static uint32_t model_best(const struct model *m)
{
    uint32_t running = m->depth == 0u ? 0x100u : m->stack[m->depth - 1u];
    uint32_t best = m->count;

    for (uint32_t i = 0; i < m->count; i++) {
        const struct model_irq *irq = &m->irq[i];

        if (irq->enabled && !irq->active && model_pending(irq) && irq->priority < running) {
            running = irq->priority;
            best = i;
        }
    }
    return best;
}

static uint32_t model_acknowledge(struct model *m)
{
    uint32_t best = model_best(m);

    if (best == m->count) {
        return SIM_SPURIOUS;
    }
    m->irq[best].latched = false;
    m->irq[best].active = true;
    m->stack[m->depth] = m->irq[best].priority;
    m->running[m->depth++] = best;
    return FIRST + best;
}

static void model_deactivate(struct model *m, uint32_t i)
{
    m->irq[i].active = false;
    m->irq[i].busy = false;
}

// -------------------------------------------------------------------------------------------- world

// Lines of the hardware that were ended without a list register.
static void take_releases(struct world *w)
{
    for (uint32_t i = 0; i < w->model.count; i++) {
        struct vgic_bank *bank = vgic_bank(&w->vgic, &w->cpu, FIRST + i);
        uint32_t bit = 1u << ((FIRST + i) % 32u);

        if ((bank->release & bit) != 0u) {
            assert_true((bank->hardware & bit) != 0u);
            w->sim.ends++;
            bank->release &= ~bit;
        }
    }
}

static void open_world(struct world *w)
{
    vgic_open(&w->vgic);
}

static void close_world(struct world *w)
{
    vgic_close(&w->vgic);
    take_releases(w);
    w->sim.notified = false;
}

static void maintain(struct world *w)
{
    for (uint32_t turns = 0; sim_maintenance(&w->sim); turns++) {
        assert_true(turns < 2u); // it is settled at once
        open_world(w);
        close_world(w);
    }
}

static void begin(struct world *w, uint32_t version, uint32_t lists, uint32_t count, bool split)
{
    memset(w, 0, sizeof(*w));
    w->vgic.version = version;
    w->vgic.lists = lists;
    w->vgic.cpu_count = 1;
    w->vgic.cpu = &w->cpu;
    vgic_reset(&w->vgic);
    w->vgic.control = VGIC_GROUP0 | VGIC_GROUP1;
    w->sim = (struct gic_sim){.version = version,
                              .lists = lists,
                              .list = w->cpu.list,
                              .hcr = &w->cpu.hcr,
                              .split = split};
    w->model.count = count;
}

static void set_up(struct world *w, uint32_t i, enum kind kind, uint32_t priority, bool enabled)
{
    struct vgic_bank *bank = vgic_bank(&w->vgic, &w->cpu, FIRST + i);
    uint32_t bit = 1u << ((FIRST + i) % 32u);

    w->model.irq[i] = (struct model_irq){.kind = kind, .priority = priority, .enabled = enabled};
    bank->priority[(FIRST + i) % 32u] = (uint8_t)priority;
    bank->enabled = enabled ? bank->enabled | bit : bank->enabled & ~bit;
    bank->edge |= kind == EDGE ? bit : 0u;
    bank->hardware |= kind == HARDWARE ? bit : 0u;
}

// Something arrives. Of the hardware nothing arrives while the same line is active there, but the partition may
// say so meanwhile.
static void arrive(struct world *w, uint32_t i)
{
    struct model_irq *irq = &w->model.irq[i];

    if (irq->kind == LEVEL) {
        return;
    }
    irq->latched = true;
    if (irq->kind == HARDWARE) {
        irq->busy = true;
    }
    open_world(w);
    vgic_pulse(&w->vgic, &w->cpu, FIRST + i);
    close_world(w);
}

static void line(struct world *w, uint32_t i, bool high)
{
    w->model.irq[i].line = high;
    open_world(w);
    vgic_level(&w->vgic, &w->cpu, FIRST + i, high);
    close_world(w);
}

static void acknowledge(struct world *w)
{
    uint32_t expected = model_acknowledge(&w->model);

    assert_int_equal(sim_acknowledge(&w->sim), expected);
    maintain(w);
}

static void deactivate(struct world *w, uint32_t i)
{
    uint32_t ends = w->sim.ends;

    if (!sim_deactivate(&w->sim, FIRST + i)) {
        open_world(w);
        vgic_deactivate(&w->vgic, &w->cpu, FIRST + i);
        close_world(w);
    }
    model_deactivate(&w->model, i);
    maintain(w);
    assert_int_equal(w->sim.ends - ends, w->model.irq[i].kind == HARDWARE ? 1 : 0);
}

static void end(struct world *w)
{
    struct model *m = &w->model;
    uint32_t ends = w->sim.ends;
    uint32_t i;

    if (m->depth == 0u) {
        return;
    }
    i = m->running[--m->depth];
    sim_end(&w->sim, FIRST + i);
    if (!w->sim.split) {
        model_deactivate(m, i);
    }
    maintain(w);
    assert_int_equal(w->sim.ends - ends, !w->sim.split && m->irq[i].kind == HARDWARE ? 1 : 0);
}

// State as the partition reads it.
static void compare(struct world *w)
{
    open_world(w);
    for (uint32_t i = 0; i < w->model.count; i++) {
        const struct model_irq *irq = &w->model.irq[i];
        struct vgic_bank *bank = vgic_bank(&w->vgic, &w->cpu, FIRST + i);
        uint32_t bit = 1u << ((FIRST + i) % 32u);

        assert_int_equal((bank->active & bit) != 0u, irq->active);
        assert_int_equal(((bank->latched | (bank->level & ~bank->edge)) & bit) != 0u,
                         model_pending(irq));
    }
    close_world(w);
}

// ------------------------------------------------------------------------------------------- random

static uint32_t seed;

static uint32_t random_below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % limit;
}

static void random_configuration(struct world *w, uint32_t i)
{
    struct model_irq *irq = &w->model.irq[i];
    struct vgic_bank *bank = vgic_bank(&w->vgic, &w->cpu, FIRST + i);
    uint32_t bit = 1u << ((FIRST + i) % 32u);

    open_world(w);
    if (random_below(2) == 0u) {
        irq->enabled = !irq->enabled;
        bank->enabled ^= bit;
    } else if (!irq->active) {
        irq->priority = random_below(32) * 8u;
        bank->priority[(FIRST + i) % 32u] = (uint8_t)irq->priority;
    }
    close_world(w);
}

static void random_step(struct world *w)
{
    uint32_t i = random_below(w->model.count);

    switch (random_below(8)) {
    case 0:
    case 1:
        arrive(w, i);
        break;
    case 2:
        if (w->model.irq[i].kind == LEVEL) {
            line(w, i, random_below(2) == 0u);
        }
        break;
    case 3:
        random_configuration(w, i);
        break;
    case 4:
    case 5:
        acknowledge(w);
        break;
    case 6:
        end(w);
        break;
    default:
        if (w->sim.split && w->model.irq[i].active) {
            bool runs = false;

            for (uint32_t d = 0; d < w->model.depth; d++) {
                runs = runs || w->model.running[d] == i;
            }
            if (!runs) {
                deactivate(w, i);
            }
        }
        break;
    }
}

// Everything that is pending comes out, in order, and then nothing is.
static void drain(struct world *w)
{
    for (uint32_t i = 0; i < w->model.count; i++) {
        if (w->model.irq[i].kind == LEVEL) {
            line(w, i, false);
        }
    }
    while (w->model.depth != 0u) {
        end(w);
    }
    for (uint32_t i = 0; i < w->model.count; i++) {
        if (w->sim.split && w->model.irq[i].active) {
            deactivate(w, i);
        }
    }
    for (uint32_t n = 0; n <= w->model.count; n++) {
        bool any = model_best(&w->model) != w->model.count;
        uint32_t last = 0;

        acknowledge(w);
        if (any) {
            last = w->model.running[w->model.depth - 1u];
            end(w);
            if (w->sim.split) {
                deactivate(w, last);
            }
        }
    }
    assert_int_equal(sim_acknowledge(&w->sim), SIM_SPURIOUS);
}

static void random_run(uint32_t version, uint32_t lists, bool split)
{
    static struct world w;

    begin(&w, version, lists, COUNT, split);
    for (uint32_t i = 0; i < COUNT; i++) {
        set_up(&w, i, (enum kind)random_below(3), random_below(32) * 8u, random_below(8) != 0u);
    }
    for (uint32_t step = 0; step < 3000u; step++) {
        random_step(&w);
        if (step % 16u == 0u) {
            compare(&w);
        }
    }
    drain(&w);
}

/// Shows REQ-VM-001, REQ-VM-002
static void random_runs(void **state)
{
    (void)state;
    seed = 0x5e9703u;
    for (uint32_t run = 0; run < 48u; run++) {
        random_run(2u + run % 2u, (run / 2u) % 6u + 1u, run / 12u % 2u != 0u);
    }
}

// 32 at once on four list registers, each preempted by the next: all priorities are active at the same time.
static void nest(uint32_t version, enum kind kind)
{
    static struct world w;

    begin(&w, version, 4, COUNT, false);
    for (uint32_t i = 0; i < COUNT; i++) {
        set_up(&w, i, kind, (31u - i) * 8u, true);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        arrive(&w, i);
        acknowledge(&w);
        assert_int_equal(w.model.depth, i + 1u);
    }
    compare(&w);
    while (w.model.depth != 0u) {
        end(&w);
    }
    compare(&w);
    // All at once: the most urgent first, each to its end.
    for (uint32_t i = 0; i < COUNT; i++) {
        arrive(&w, i);
    }
    for (uint32_t i = COUNT; i-- > 0u;) {
        acknowledge(&w);
        assert_int_equal(w.model.running[0], i);
        end(&w);
    }
    acknowledge(&w);
}

/// Shows REQ-VM-001, REQ-VM-002
static void nested(void **state)
{
    (void)state;
    for (uint32_t version = 2; version <= 3u; version++) {
        nest(version, EDGE);
        nest(version, HARDWARE);
    }
}

// --------------------------------------------------------------------------------------- exhaustive

#define SMALL 3u
#define STEPS 7u

static uint32_t visited;

static void walk(const struct world *from, uint32_t left)
{
    struct world w;

    visited++;
    if (left == 0u) {
        return;
    }
    for (uint32_t step = 0; step < SMALL + 2u; step++) {
        memcpy(&w, from, sizeof(w));
        w.vgic.cpu = &w.cpu;
        w.sim.list = w.cpu.list;
        w.sim.hcr = &w.cpu.hcr;
        if (step == SMALL) {
            acknowledge(&w);
        } else if (step == SMALL + 1u) {
            if (w.model.depth == 0u) {
                continue;
            }
            end(&w);
        } else if (w.model.irq[step].kind == LEVEL) {
            line(&w, step, !w.model.irq[step].line);
        } else {
            arrive(&w, step);
        }
        walk(&w, left - 1u); // NOLINT(misc-no-recursion): as deep as STEPS
    }
    memcpy(&w, from, sizeof(w));
    w.vgic.cpu = &w.cpu;
    w.sim.list = w.cpu.list;
    w.sim.hcr = &w.cpu.hcr;
    compare(&w);
}

/// Every sequence of arrivals, acknowledges and ends, for one and two list registers. Shows REQ-VM-001, REQ-VM-002
static void exhaustive(void **state)
{
    static const enum kind kinds[][SMALL] = {
        {EDGE, EDGE, EDGE}, {HARDWARE, LEVEL, EDGE}, {LEVEL, HARDWARE, LEVEL}};
    static const uint32_t priorities[][SMALL] = {{8, 16, 24}, {24, 16, 8}, {8, 8, 16}};
    struct world w;

    (void)state;
    for (uint32_t c = 0; c < 18u; c++) {
        begin(&w, 2u + c % 2u, 1u + c / 9u, SMALL, false);
        for (uint32_t i = 0; i < SMALL; i++) {
            set_up(&w, i, kinds[c % 3u][i], priorities[c / 3u % 3u][i], true);
        }
        visited = 0;
        walk(&w, c % 9u == 0u ? STEPS : STEPS - 1u);
        assert_true(visited > 5000u);
    }
}

/// A partition that never acknowledges: what arrives stays pending once, whatever comes. Shows REQ-VM-003
static void never_acknowledges(void **state)
{
    static struct world w;

    (void)state;
    begin(&w, 3, 4, COUNT, false);
    for (uint32_t i = 0; i < COUNT; i++) {
        set_up(&w, i, i % 2u == 0u ? EDGE : HARDWARE, (i % 8u) * 8u, true);
    }
    for (uint32_t n = 0; n < 10u; n++) {
        for (uint32_t i = 0; i < COUNT; i++) {
            arrive(&w, i);
        }
        assert_false(sim_maintenance(&w.sim)); // none without a cause
    }
    compare(&w);
    assert_int_equal(w.sim.ends, 0);
    drain(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_runs),
        cmocka_unit_test(nested),
        cmocka_unit_test(exhaustive),
        cmocka_unit_test(never_acknowledges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
