// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fast interrupts: within a pool's slot the owner of a line, a best-effort vCPU, preempts who has the processor.
//
// What goes to preemptions is limited, whatever interrupts come. Each slot is cut into windows, and each window has a
// share for them. A preemption takes from it the time from its interrupt to its end, and once more what admission adds
// for a job, which is more than the switches there and back. While nothing is left, and wherever else the owner
// would not get the processor, its line is off at the controller: what comes waits there and costs nobody anything.

#include <hal/irq.h>
#include <kernel/cold.h>
#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/resume.h>
#include <kernel/trace.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>
#include <septum/admission.h>

static inline sep_time_t earlier(sep_time_t a, sep_time_t b)
{
    return time_reached(a, b) ? b : a;
}

// Up to now.
static inline void charge(const struct cpu *cpu, struct pool_fast *fast)
{
    if (fast->vcpu != NULL) {
        fast->left -= (int64_t)(cpu->now - fast->since);
        fast->since = cpu->now;
    }
}

// A new window has its share, but for what was taken too much before, and for the timer that was waited for.
COLD static void begin_window(const struct cpu *cpu, struct pool *pool)
{
    struct pool_fast *fast = &pool->fast;
    const struct sep_cfg_pool *record = pool->config;
    sep_time_t length;

    fast->window_end = time_next_period(fast->window_end, record->preemption_window, cpu->now);
    length = earlier(fast->window_end, cpu->sched.slot_end) -
             (fast->window_end - record->preemption_window);
    fast->left = (fast->left < 0 ? fast->left : 0) +
                 (int64_t)sep_admission_budget(length, record->preemption);
    if (fast->awaited) {
        fast->awaited = false;
        fast->left -= (int64_t)record->overhead;
    }
}

static inline void refill(const struct cpu *cpu, struct pool *pool)
{
    if (time_reached(cpu->now, pool->fast.window_end)) {
        begin_window(cpu, pool);
    }
}

// One preemption at a time, as long as the window has something for it.
static inline bool has_budget(const struct pool *pool)
{
    return pool->fast.vcpu == NULL &&
           !time_reached(pool->config->overhead, (sep_time_t)pool->fast.left);
}

// Whether who has the processor now, if anybody, may lose it to an interrupt of vcpu.
static inline bool is_preemptible(const struct vcpu *now, const struct vcpu *vcpu)
{
    return now != NULL && now != vcpu &&
           (now->partition == vcpu->partition ||
            (now->partition->config->flags & SEP_PARTITION_NON_PREEMPTIBLE) == 0u);
}

// Whether an interrupt would give the owner of a line the processor.
static inline bool would_run(const struct pool_line *line)
{
    const struct vcpu *vcpu = line->vcpu;

    return vcpu->partition->state == SEP_STATE_READY &&
           (vcpu->state == SEP_STATE_READY || vcpu->state == SEP_STATE_IDLE) &&
           ((vcpu->masked | vcpu->pending) & SEP_IRQ_BIT(line->irq)) == 0u;
}

// Lines are on whose owners would preempt who has the processor next; those of who runs are his own matter.
static void listen(struct cpu *cpu, const struct pool_fast *fast, bool budget)
{
    const struct vcpu *next = budget ? cpu->sched.vcpu : NULL;
    const struct pool_line *end = &fast->line[fast->lines];

    for (const struct pool_line *line = fast->line; line != end; line++) {
        if (is_preemptible(next, line->vcpu) && would_run(line)) {
            hal_irq_enable(line->line);
        } else if (line->vcpu != cpu->running) {
            hal_irq_disable(line->line);
        } else {
            // As virq_lines_on() has it.
        }
    }
}

// The preemption has the processor, whoever the pool has chosen, up to its end or the window's.
COLD static void prevail(struct cpu *cpu, struct pool *pool)
{
    struct sched *sched = &cpu->sched;
    struct pool_fast *fast = &pool->fast;
    sep_time_t until = earlier(earlier(fast->until, cpu->now + (sep_time_t)fast->left),
                               earlier(fast->window_end, sched->slot_end));

    sched->vcpu = fast->vcpu;
    if (pool->until == 0u) {
        return; // something is due at once still
    }
    if (pool->task != NULL || !fast->recycles) {
        pool_charge(pool, cpu->now); // nobody else has the time
        pool->until = pool->task != NULL ? pool->task->due : POOL_QUEUE_NEVER;
    }
    sched->boundary =
        earlier(until, earlier(pool->until, pool_queue_first(&pool->queues, POOL_RELEASES)->time));
}

COLD void pool_fast_enter(struct cpu *cpu, struct pool *pool)
{
    pool->fast.window_end = cpu->sched.slot_end - cpu->sched.next[-1].duration;
    pool->fast.awaited = false;
}

COLD void pool_fast_leave(struct cpu *cpu, struct pool *pool)
{
    charge(cpu, &pool->fast);
    pool->fast.vcpu = NULL;
    listen(cpu, &pool->fast, false);
}

COLD void pool_fast_decide(struct cpu *cpu, struct pool *pool)
{
    struct pool_fast *fast = &pool->fast;
    struct vcpu *vcpu = fast->vcpu;
    bool budget;

    charge(cpu, fast);
    refill(cpu, pool);
    if (vcpu != NULL && vcpu->partition->state == SEP_STATE_READY &&
        vcpu->state == SEP_STATE_READY && fast->left > 0 && !time_reached(cpu->now, fast->until)) {
        prevail(cpu, pool);
        return;
    }
    fast->vcpu = NULL;
    if (cpu->running != cpu->sched.vcpu) {
        resume_stop(cpu); // its lines are off before others are on
    }
    budget = has_budget(pool);
    listen(cpu, fast, budget);
    if (!budget) {
        fast->awaited = true;
        cpu->sched.boundary = earlier(cpu->sched.boundary, fast->window_end);
    }
}

// The owner of a line has the processor at once. Lines of others are off until it has it no longer.
static inline void preempt(struct cpu *cpu, struct pool *pool, const struct pool_line *line)
{
    struct sched *sched = &cpu->sched;
    struct pool_fast *fast = &pool->fast;
    sep_time_t until = pool->end; // of the turn

    fast->recycles = line->delivery == SEP_DELIVERY_RECYCLE;
    if (pool->task != NULL || !fast->recycles) {
        pool_charge(pool, cpu->now);
        until = cpu->now + pool->config->quantum;
    }
    fast->vcpu = line->vcpu;
    fast->since = cpu->now;
    fast->until = until;
    fast->left -= (int64_t)pool->config->overhead;
    until = earlier(until, cpu->now + (sep_time_t)fast->left);
    until = earlier(until, fast->window_end);
    sched->vcpu = line->vcpu;
    sched->boundary = earlier(sched->boundary, until);
    cpu->timer_stale = true;
    if (fast->lines != 1u) {
        listen(cpu, fast, false);
    }
    if (trace_wants(cpu->trace, SEP_TRACE_SCHEDULING)) {
        trace_slot(sched);
    }
}

static inline void take(struct cpu *cpu, struct pool *pool, struct pool_line *line)
{
    bool runs = would_run(line);

    hal_irq_disable(line->line);
    virq_raise(line->vcpu, line->irq);
    charge(cpu, &pool->fast);
    refill(cpu, pool);
    if (runs && has_budget(pool) && is_preemptible(cpu->sched.vcpu, line->vcpu)) {
        preempt(cpu, pool, line);
    }
}

bool pool_fast_take(struct cpu *cpu, uint32_t line)
{
    struct pool *pool = cpu->sched.pool;
    struct pool_fast *fast = &pool->fast;

    for (uint32_t i = 0; i < fast->lines; i++) {
        if (fast->line[i].line == line && fast->line[i].vcpu != cpu->running) {
            take(cpu, pool, &fast->line[i]);
            return true;
        }
    }
    return false;
}

COLD void pool_fast_init(struct pool *pool)
{
    struct pool_fast *fast = &pool->fast;

    fast->lines = pool->config->fast.count;
    for (uint32_t i = 0; i < fast->lines; i++) {
        const struct sep_cfg_fast *record = &config.fast[pool->config->fast.first + i];
        const struct sep_cfg_interrupt *interrupt = &config.interrupt[record->interrupt.index];

        fast->line[i] = (struct pool_line){
            .vcpu = vcpu_at(interrupt->vcpu.index),
            .line = interrupt->line,
            .irq = interrupt->irq,
            .delivery = record->delivery,
        };
    }
}
