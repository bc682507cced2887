// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Temporal requirements: every window of a period must hold the duration, up to the deadline, in plan 0.

#include "check/check.h"

#include <inttypes.h>

#include "base/units.h"
#include "plan/supply.h"

/// Of a period that drifts through the frame.
#define PERIODS_MAX 1000u
#define PERIODS_TOLD 8u

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

// Slots of a partition on one processor in plan 0; what of them lies behind the frame is told otherwise.
static struct supply supply_on(struct check *c, const struct sys_cpu *cpu, int index,
                               uint64_t frame)
{
    struct supply_span *spans = NULL;
    size_t count = 0;

    for (size_t s = 0; cpu->plan_count != 0 && s < cpu->plans->slot_count; s++) {
        const struct sys_slot *slot = &cpu->plans->slots[s];
        uint64_t end = slot->start.value + slot->duration.value;

        if (slot->index == index && slot->start.ok && slot->duration.ok &&
            slot->start.value < frame) {
            *POOL_PUSH(c->pool, spans, count) =
                (struct supply_span){slot->start.value, end < frame ? end : frame};
        }
    }
    return supply_make(c->pool, spans, count, frame, 0);
}

// Processor time of a partition in plan 0.
struct service {
    struct supply *on; ///< of each processor
    size_t count;
};

static struct service service_of(struct check *c, int index, uint64_t frame)
{
    struct service s = {pool_alloc(c->pool, (c->sys->cpu_count + 1) * sizeof *s.on),
                        c->sys->cpu_count};

    for (size_t i = 0; i < s.count; i++) {
        s.on[i] = supply_on(c, &c->sys->cpus[i], index, frame);
    }
    return s;
}

// Until t, plan 0 repeated for ever.
static uint64_t served(const struct service *s, uint64_t t)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < s->count; i++) {
        sum += supply_until(&s->on[i], t);
    }
    return sum;
}

static uint64_t plan0_frame(const struct check *c)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        if (c->sys->cpus[i].plan_count != 0 && c->sys->cpus[i].plans[0].frame.ok) {
            return c->sys->cpus[i].plans[0].frame.value;
        }
    }
    return 0;
}

static bool sensible(struct check *c, const struct sys_partition *p, uint64_t frame)
{
    if (p->deadline.value > p->period.value) {
        diag_add(c->diags, RULE_TIME_SENSELESS, p->deadline.line,
                 "partition '%s' has a deadline of %s in a period of %s" MEND
                 "'deadline' is counted from the begin of each period, and not longer than it",
                 p->name.text, units_print_time(c->pool, p->deadline.value),
                 units_print_time(c->pool, p->period.value));
        return false;
    }
    if (p->duration.value <= p->period.value && p->duration.value > p->deadline.value) {
        diag_add(c->diags, RULE_TIME_SENSELESS, p->duration.line,
                 "partition '%s' wants %s within %s" MEND
                 "'duration' is processor time within the first 'deadline' of each period",
                 p->name.text, units_print_time(c->pool, p->duration.value),
                 units_print_time(c->pool, p->deadline.value));
        return false;
    }
    if (p->duration.value > p->period.value) {
        diag_add(c->diags, RULE_TIME_SENSELESS, p->duration.line,
                 "partition '%s' wants %s in every %s" MEND
                 "'duration' is processor time within one 'period'",
                 p->name.text, units_print_time(c->pool, p->duration.value),
                 units_print_time(c->pool, p->period.value));
        return false;
    }
    if (frame != 0 && frame / gcd(frame, p->period.value) >
                          (frame % p->period.value == 0 ? CHECK_WINDOWS_MAX : PERIODS_MAX)) {
        diag_add(c->diags, RULE_TIME_SENSELESS, p->period.line,
                 "period %s of partition '%s' and the major frame of plan 0, %s, do not fit "
                 "together" MEND "choose a period that divides the frame or is a multiple of it",
                 units_print_time(c->pool, p->period.value), p->name.text,
                 units_print_time(c->pool, frame));
        return false;
    }
    return frame != 0;
}

static void check_requirement(struct check *c, int index)
{
    const struct sys_partition *p = &c->sys->partitions[index];
    uint64_t frame = plan0_frame(c);
    const char *told = "";
    struct service service;
    uint64_t periods;
    uint64_t least = UINT64_MAX;
    uint64_t least_at = 0;

    // What a vCPU in a pool wants, its period and capacity say.
    if (p->time_line == 0 || p->pooled_count != 0 || !p->period.ok || !p->duration.ok ||
        !p->deadline.ok || !sensible(c, p, c->unplanned ? 0 : frame) || check_slots_lost(c, p)) {
        return;
    }
    service = service_of(c, index, frame);
    periods = frame / gcd(frame, p->period.value);
    for (uint64_t n = 0; n < periods; n++) {
        uint64_t open = n * p->period.value;
        uint64_t got = served(&service, open + p->deadline.value) - served(&service, open);

        if (got < least) {
            least = got;
            least_at = n;
        }
        if (n < PERIODS_TOLD) {
            told = pool_printf(c->pool, "%s%s%s", told, n == 0 ? "" : ", ",
                               units_print_time(c->pool, got));
        }
    }
    if (periods > PERIODS_TOLD) {
        told = pool_printf(c->pool, "%s, ..., at the least %s from %s on", told,
                           units_print_time(c->pool, least),
                           units_print_time(c->pool, least_at * p->period.value));
    }
    if (least < p->duration.value) {
        diag_add(c->diags, RULE_TIME_SHORT, p->time_line,
                 "partition '%s' wants %s in %s%s%s, but plan 0 gives its periods %s" MEND
                 "lengthen its slots or lower the requirement",
                 p->name.text, units_print_time(c->pool, p->duration.value),
                 p->deadline.given ? "the first " : "every ",
                 units_print_time(c->pool, p->deadline.value),
                 p->deadline.given ? pool_printf(c->pool, " of every %s",
                                                 units_print_time(c->pool, p->period.value))
                                   : "",
                 told);
    }
}

void check_time(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        check_requirement(c, (int)i);
    }
}
