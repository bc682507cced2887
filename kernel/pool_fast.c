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

// Whether the window has something for a preemption.
static inline bool has_budget(const struct pool *pool)
{
    return !time_reached(pool->config->overhead, (sep_time_t)pool->fast.left);
}

// Whether an interrupt would give the owner of a line the processor, if nobody is in the way.
static inline bool would_run(const struct pool_line *line)
{
    const struct vcpu *vcpu = line->vcpu;

    return vcpu->partition->state == SEP_STATE_READY &&
           (vcpu->state == SEP_STATE_READY || vcpu->state == SEP_STATE_IDLE) &&
           !HAL_ANY(vcpu->masked | vcpu->pending, line->bit);
}

static inline void turn(struct pool_line *line, bool on)
{
    if (on != line->on) {
        line->on = on;
        if (on) {
            hal_irq_enable(line->line);
        } else {
            hal_irq_disable(line->line);
        }
    }
}

// No line is on but those of who runs.
static void listen_no_more(struct pool_fast *fast)
{
    struct pool_line *end = &fast->line[fast->lines];

    for (struct pool_line *line = fast->line; line != end; line++) {
        turn(line, false);
    }
}

// Lines are on whose owners would preempt who has the processor next.
static void listen(struct pool_fast *fast, const struct vcpu *next)
{
    struct pool_line *end = &fast->line[fast->lines];
    // Of whom alone interrupts preempt; NULL: of everybody.
    const struct partition *only =
        (next->partition->config->flags & SEP_PARTITION_NON_PREEMPTIBLE) != 0u ? next->partition
                                                                               : NULL;

    for (struct pool_line *line = fast->line; line != end; line++) {
        turn(line, line->vcpu != next && (only == NULL || line->vcpu->partition == only) &&
                       would_run(line));
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
    listen_no_more(&pool->fast);
}

void pool_fast_decide(struct cpu *cpu, struct pool *pool)
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
    if (budget && cpu->sched.vcpu != NULL) {
        listen(fast, cpu->sched.vcpu);
    } else {
        listen_no_more(fast);
    }
    if (!budget) {
        fast->awaited = true;
        cpu->sched.boundary = earlier(cpu->sched.boundary, fast->window_end);
    }
}

// The owner of a line that is on has the processor at once. Lines of others are off until it has it no longer.
static inline void preempt(struct cpu *cpu, struct pool *pool, const struct pool_line *line)
{
    struct sched *sched = &cpu->sched;
    struct pool_fast *fast = &pool->fast;
    sep_time_t until = pool->end; // of the turn
    sep_time_t boundary = sched->boundary;

    fast->recycles = line->recycles;
    if (pool->task != NULL || !line->recycles) {
        pool_charge(pool, cpu->now);
        until = cpu->now + pool->config->quantum;
    }
    fast->vcpu = line->vcpu;
    fast->since = cpu->now;
    fast->until = until;
    boundary = earlier(boundary, until);
    fast->left -= (int64_t)pool->config->overhead;
    boundary = earlier(boundary, cpu->now + (sep_time_t)fast->left);
    boundary = earlier(boundary, fast->window_end);
    sched->vcpu = line->vcpu;
    sched->boundary = boundary;
    cpu->timer_stale = true;
    if (fast->lines != 1u) {
        listen_no_more(fast);
    }
    if (trace_wants(cpu->trace, SEP_TRACE_SCHEDULING)) {
        trace_slot(sched);
    }
}

// A window has ended, and nobody is in a preemption: whether the new one has something for one.
COLD static bool renew(const struct cpu *cpu, struct pool *pool)
{
    begin_window(cpu, pool);
    return has_budget(pool);
}

// The line is not on: it is one of who runs, or was taken when it was switched off, and its interrupt waits.
COLD static void take_else(const struct cpu *cpu, struct pool_line *line)
{
    if (line->vcpu == cpu->running) {
        virq_line(line->vcpu, line->line);
    } else {
        line->on = false;
        hal_irq_disable(line->line);
        virq_take(line->vcpu, line->bit);
    }
}

static inline void take(struct cpu *cpu, struct pool *pool, struct pool_line *line)
{
    struct vcpu *vcpu = line->vcpu;

    if (!line->on || !would_run(line)) {
        take_else(cpu, line);
        return;
    }
    line->on = false;
    hal_irq_disable(line->line);
    vcpu->state = SEP_STATE_READY;
    vcpu->pending |= line->bit;
    hal_cpu_attention(&cpu->hal); // it may have come in the middle of a hypercall
    if (!time_reached(cpu->now, pool->fast.window_end) || renew(cpu, pool)) {
        preempt(cpu, pool, line);
    }
}

void pool_fast_take(struct cpu *cpu, uint32_t line)
{
    struct pool *pool = cpu->sched.pool;
    struct pool_line *end = &pool->fast.line[pool->fast.lines];

    for (struct pool_line *found = pool->fast.line; found != end; found++) {
        if (found->line == line) {
            take(cpu, pool, found);
            return;
        }
    }
    if (cpu->running != NULL) {
        virq_line(cpu->running, line);
    }
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
            .bit = SEP_IRQ_BIT(interrupt->irq),
            .recycles = record->delivery == SEP_DELIVERY_RECYCLE,
        };
    }
}
