// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: their vCPUs, and what these say of themselves.

#include "check/check.h"

#include <septum/config.h>
#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"
#include "base/units.h"

int check_pool(struct check *c, const struct text *name, const char *where)
{
    struct suggest suggest = suggest_begin(name->text);

    for (size_t i = 0; i < c->sys->pool_count; i++) {
        if (strcmp(c->sys->pools[i].name.text, name->text) == 0) {
            return (int)i;
        }
        suggest_word(&suggest, c->sys->pools[i].name.text);
    }
    if (name->given) {
        diag_add(c->diags, RULE_POOL_UNKNOWN, name->line,
                 "%s names pool '%s', which does not exist" MEND "%s", where, name->text,
                 suggest_text(&suggest, c->pool, "name a pool of this description"));
    }
    return -1;
}

const struct sys_vcpu *check_pooled(const struct sys_partition *p, uint64_t vcpu)
{
    for (size_t i = 0; i < p->pooled_count; i++) {
        if (p->pooled[i].id.ok && p->pooled[i].id.value == vcpu) {
            return &p->pooled[i];
        }
    }
    return NULL;
}

bool check_slot_serves(const struct check *c, const struct sys_slot *slot, int partition)
{
    const struct sys_partition *p = &c->sys->partitions[partition];

    for (size_t i = 0; slot->pool_index >= 0 && i < p->pooled_count; i++) {
        if (p->pooled[i].pool_index == slot->pool_index) {
            return true;
        }
    }
    return slot->index == partition;
}

static const char *vcpu_name(struct check *c, const struct sys_partition *p,
                             const struct sys_vcpu *vcpu)
{
    return pool_printf(c->pool, "vCPU %" PRIu64 " of partition '%s'", vcpu->id.value, p->name.text);
}

static void too_short(struct check *c, const struct num *time, const char *what, const char *whose)
{
    if (time->ok && time->value < SEP_POOL_TIME_MIN) {
        diag_add(c->diags, RULE_POOL_TIMES, time->line,
                 "%s of %s, %s, is shorter than %s" MEND "lengthen it", what, whose,
                 units_print_time(c->pool, time->value),
                 units_print_time(c->pool, SEP_POOL_TIME_MIN));
    }
}

// One time must not be longer than another of the same vCPU.
static void longer(struct check *c, const char *whose, const struct num *a, const char *a_name,
                   const struct num *b, const char *b_name)
{
    if (a->ok && b->ok && a->value > b->value) {
        diag_add(c->diags, RULE_POOL_TIMES, a->line,
                 "%s %s of %s is longer than its %s, %s" MEND "the %s is at most the %s", a_name,
                 units_print_time(c->pool, a->value), whose, b_name,
                 units_print_time(c->pool, b->value), a_name, b_name);
    }
}

static void check_times(struct check *c, const struct sys_partition *p, const struct sys_vcpu *vcpu)
{
    const char *whose = vcpu_name(c, p, vcpu);

    if (vcpu->period.given != vcpu->capacity.given ||
        (!vcpu->period.given && vcpu->deadline.given)) {
        diag_add(c->diags, RULE_POOL_TIMES, vcpu->line,
                 "%s has some of period, capacity and deadline" MEND
                 "a real-time vCPU has a period and a capacity, a best-effort one none of them",
                 whose);
        return;
    }
    too_short(c, &vcpu->capacity, "capacity", whose);
    longer(c, whose, &vcpu->capacity, "capacity", &vcpu->deadline, "deadline");
    longer(c, whose, &vcpu->deadline, "deadline", &vcpu->period, "period");
    if (vcpu->period.ok && vcpu->offset.ok && vcpu->offset.value >= vcpu->period.value) {
        diag_add(c->diags, RULE_POOL_TIMES, vcpu->offset.line,
                 "offset %s of %s is not shorter than its period, %s" MEND
                 "releases repeat with the period: take whole periods off",
                 units_print_time(c->pool, vcpu->offset.value), whose,
                 units_print_time(c->pool, vcpu->period.value));
    }
}

static void check_vcpu(struct check *c, const struct sys_partition *p, struct sys_vcpu *vcpu)
{
    const struct sys_vcpu *first = check_pooled(p, vcpu->id.value);

    vcpu->pool_index = check_pool(c, &vcpu->pool, vcpu_name(c, p, vcpu));
    if (vcpu->id.ok && p->vcpus.ok && vcpu->id.value >= p->vcpus.value) {
        diag_add(c->diags, RULE_POOL_VCPU, vcpu->id.line,
                 "%s does not exist: it has %" PRIu64 " (line %u)" MEND
                 "vCPUs are numbered from 0, see 'vcpus' of the partition",
                 vcpu_name(c, p, vcpu), p->vcpus.value, p->line);
        vcpu->id.ok = false;
    }
    if (vcpu->id.ok && first != vcpu) {
        diag_add(c->diags, RULE_POOL_VCPU, vcpu->line,
                 "%s is described twice (line %u)" MEND "remove one of them", vcpu_name(c, p, vcpu),
                 first->line);
        vcpu->id.ok = false;
    }
    check_times(c, p, vcpu);
}

static bool plan_names(const struct sys_plan *plan, const struct sys_pool *pool)
{
    for (size_t n = 0; n < plan->slot_count; n++) {
        if (strcmp(plan->slots[n].pool.text, pool->name.text) == 0) {
            return true;
        }
    }
    return false;
}

static bool pool_has_slot(const struct check *c, const struct sys_pool *pool)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t k = 0; k < c->sys->cpus[i].plan_count; k++) {
            if (plan_names(&c->sys->cpus[i].plans[k], pool)) {
                return true;
            }
        }
    }
    return false;
}

static void check_many(struct check *c, const struct sys_pool *pool, size_t count, const char *kind,
                       size_t most)
{
    if (count > most) {
        diag_add(c->diags, RULE_POOL_MANY, pool->line,
                 "pool '%s' has %zu %s vCPUs, and %zu at the most" MEND "make two pools of it",
                 pool->name.text, count, kind, most);
    }
}

static void check_one(struct check *c, const struct sys_pool *pool, int index)
{
    size_t real_time = 0;
    size_t best_effort = 0;

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t v = 0; v < p->pooled_count; v++) {
            if (p->pooled[v].pool_index == index) {
                real_time += p->pooled[v].period.given ? 1u : 0u;
                best_effort += p->pooled[v].period.given ? 0u : 1u;
            }
        }
    }
    check_many(c, pool, real_time, "real-time", SEP_POOL_REAL_TIME_MAX);
    check_many(c, pool, best_effort, "best-effort", SEP_POOL_BEST_EFFORT_MAX);
    too_short(c, &pool->quantum, "quantum", pool_printf(c->pool, "pool '%s'", pool->name.text));
    if (real_time + best_effort == 0 || !pool_has_slot(c, pool)) {
        diag_add(c->diags, RULE_POOL_ROOM, pool->line, "pool '%s' has no %s" MEND "%s",
                 pool->name.text, real_time + best_effort == 0 ? "vCPU" : "slot in any plan",
                 real_time + best_effort == 0 ? "have a 'Vcpu' name it" : "have a 'Slot' name it");
    }
}

void check_pools(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        for (size_t v = 0; v < c->sys->partitions[i].pooled_count; v++) {
            check_vcpu(c, &c->sys->partitions[i], &c->sys->partitions[i].pooled[v]);
        }
    }
    for (size_t i = 0; i < c->sys->pool_count; i++) {
        check_one(c, &c->sys->pools[i], (int)i);
    }
}
