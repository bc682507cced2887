// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the hardware does with list registers.

#include "gic_sim.h"

#define HCR_ENABLE 1u
#define HCR_LRENPIE 4u
#define HCR_NPIE 8u
#define HCR_TDIR (1u << 14)
#define HCR_COUNT (1u << 27)

#define PENDING 1u
#define ACTIVE 2u

struct fields {
    uint32_t number, state, priority, line;
    bool hardware, eoi;
};

static struct fields get(const struct gic_sim *sim, uint32_t i)
{
    uint64_t w = sim->list[i];
    struct fields f;

    if (sim->version == 2u) {
        f.number = w & 0x3ffu;
        f.state = w >> 28 & 3u;
        f.priority = (uint32_t)(w >> 20 & 0xf8u);
        f.hardware = (w >> 31 & 1u) != 0u;
        f.line = w >> 10 & 0x3ffu;
        f.eoi = !f.hardware && (w >> 19 & 1u) != 0u;
    } else {
        f.number = (uint32_t)w;
        f.state = (uint32_t)(w >> 62);
        f.priority = w >> 48 & 0xf8u;
        f.hardware = (w >> 61 & 1u) != 0u;
        f.line = w >> 32 & 0x3ffu;
        f.eoi = !f.hardware && (w >> 41 & 1u) != 0u;
    }
    return f;
}

static void set_state(struct gic_sim *sim, uint32_t i, uint32_t state)
{
    uint32_t shift = sim->version == 2u ? 28u : 62u;

    sim->list[i] = (sim->list[i] & ~(3ull << shift)) | (uint64_t)state << shift;
}

uint32_t sim_running(const struct gic_sim *sim)
{
    return sim->depth == 0u ? 0x100u : sim->stack[sim->depth - 1u];
}

uint32_t sim_acknowledge(struct gic_sim *sim)
{
    uint32_t best = sim->lists;
    struct fields chosen = {.priority = 0x100u};

    for (uint32_t i = 0; i < sim->lists; i++) {
        struct fields f = get(sim, i);

        if (f.state == PENDING && (f.priority < chosen.priority ||
                                   (f.priority == chosen.priority && f.number < chosen.number))) {
            best = i;
            chosen = f;
        }
    }
    if ((*sim->hcr & HCR_ENABLE) == 0u || best == sim->lists ||
        chosen.priority >= sim_running(sim)) {
        return SIM_SPURIOUS;
    }
    set_state(sim, best, ACTIVE);
    sim->stack[sim->depth++] = (uint8_t)chosen.priority;
    return chosen.number;
}

// Of all its state, the active one goes.
static void deactivate(struct gic_sim *sim, uint32_t number)
{
    for (uint32_t i = 0; i < sim->lists; i++) {
        struct fields f = get(sim, i);

        if (f.number == number && (f.state & ACTIVE) != 0u) {
            set_state(sim, i, f.state & PENDING);
            if (f.hardware) {
                sim->ended = f.line;
                sim->ends++;
            }
            sim->notified = sim->notified || f.eoi;
            return;
        }
    }
    *sim->hcr += HCR_COUNT;
}

void sim_end(struct gic_sim *sim, uint32_t number)
{
    sim->depth--;
    if (!sim->split) {
        deactivate(sim, number);
    }
}

bool sim_deactivate(struct gic_sim *sim, uint32_t number)
{
    if (sim->version == 2u || (*sim->hcr & HCR_TDIR) != 0u) {
        return false; // of GICv2 that register's page is not mapped
    }
    deactivate(sim, number);
    return true;
}

bool sim_maintenance(const struct gic_sim *sim)
{
    bool pending = false;

    for (uint32_t i = 0; i < sim->lists; i++) {
        pending = pending || get(sim, i).state == PENDING;
    }
    return sim->notified || ((*sim->hcr & HCR_NPIE) != 0u && !pending) ||
           ((*sim->hcr & HCR_LRENPIE) != 0u && *sim->hcr >= HCR_COUNT);
}
