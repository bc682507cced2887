// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Whether plan 0 gives a partition the time that it wants in each of its periods. Periods begin with
// the first frame and follow each other; they drift through the frame when they do not divide it.

#include "report/report.h"

/// As many windows as `septum check` lets a frame have; what is beyond is not looked at.
#define WINDOWS_MAX 100000u

/// Time that a partition gets in [0, time) of plan 0, repeated for ever.
static uint64_t service(const struct report *r, uint32_t partition, uint64_t time)
{
    uint64_t frame = report_plan(r, 0, 0)->major_frame;
    uint64_t inside = time % frame;
    uint64_t sum = time / frame * report_load(r, 0, partition);

    for (uint32_t cpu = 0; cpu < r->cfg->cpu_count; cpu++) {
        const struct sep_cfg_plan *plan = report_plan(r, cpu, 0);

        for (uint32_t i = 0; i < plan->slots.count; i++) {
            const struct sep_cfg_slot *s = &r->cfg->slots[plan->slots.first + i];

            if (report_slot_partition(r, s) == partition && s->start < inside) {
                sum += inside - s->start < s->duration ? inside - s->start : s->duration;
            }
        }
    }
    return sum;
}

struct report_requirement report_requirement(const struct report *report, uint32_t partition)
{
    const struct sep_cfg_partition *p = &report->cfg->partitions[partition];
    struct report_requirement result = {p->period != 0u, true, UINT64_MAX};

    if (!result.wanted || report->cfg->cpu_count == 0u || report->system->plan_count == 0u) {
        return (struct report_requirement){false, true, 0};
    }
    uint64_t frame = report_plan(report, 0, 0)->major_frame;
    uint64_t phase = 0;

    for (uint32_t i = 0; i < WINDOWS_MAX && (i == 0u || phase != 0u); i++) {
        uint64_t got =
            service(report, partition, phase + p->period) - service(report, partition, phase);

        result.least = got < result.least ? got : result.least;
        phase = (phase + p->period % frame) % frame;
    }
    result.met = result.least >= p->duration;
    return result;
}
