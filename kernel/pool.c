// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: who runs in a pool's slot.

#include <kernel/cold.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/trace.h>
#include <kernel/vcpu.h>

struct pool *pools;

/// The task that an entry of a queue is a part of.
#define TASK_OF(entry, member)                                                                     \
    ((struct pool_task *)(void *)((char *)(entry) - offsetof(struct pool_task, member)))

static inline bool partition_runs(const struct vcpu *vcpu)
{
    return shared_read(&vcpu->partition->state) == SEP_STATE_READY;
}

// Whether a vCPU can have the processor: it runs, idles in its own time, or is being loaded.
static inline bool has_use(const struct vcpu *vcpu)
{
    return partition_runs(vcpu) && vcpu->state != SEP_STATE_HALTED &&
           vcpu->state != SEP_STATE_SUSPENDED;
}

// A release, or a turn: idling ends here at the latest, as with a slot.
static inline void wake(struct vcpu *vcpu)
{
    if (vcpu->state == SEP_STATE_IDLE) {
        vcpu->state = SEP_STATE_READY;
    }
    vcpu->pending |= SEP_IRQ_BIT(SEP_IRQ_SLOT_START);
}

static inline void charge(const struct cpu *cpu, struct pool *pool)
{
    pool_charge(pool, cpu->now);
}

// The next one of the open jobs is the earliest.
static void take_earliest(struct pool *pool)
{
    struct pool_queue_entry *first = pool_queue_first(&pool->queues, POOL_DEADLINES);

    pool->task = NULL;
    if (first->time != POOL_QUEUE_NEVER) {
        pool->task = TASK_OF(first, queued);
        pool_queue_set(&pool->queues, POOL_DEADLINES, first, POOL_QUEUE_NEVER);
    }
}

void pool_end_job(const struct cpu *cpu, struct pool_task *task)
{
    struct pool *pool = task->pool;

    task->open = false;
    if (pool->charged == &task->left) {
        charge(cpu, pool);
    }
    if (task->left > 0) {
        task->left = 0;
    } else if (task->left < -(int64_t)task->config->capacity) {
        task->left = -(int64_t)task->config->capacity; // it loses one job at the most
    } else {
        // The next one is shorter.
    }
    if (pool->task == task) {
        take_earliest(pool);
    } else {
        pool_queue_set(&pool->queues, POOL_DEADLINES, &task->queued, POOL_QUEUE_NEVER);
    }
}

// A job ends that was not finished. Whoever idles has nothing more to do, and is not told.
COLD static void cut(const struct cpu *cpu, struct pool_task *task, enum sep_event event)
{
    struct vcpu *vcpu = task->vcpu;

    pool_end_job(cpu, task);
    if (partition_runs(vcpu) && vcpu->state == SEP_STATE_READY) {
        if (event == SEP_EVENT_CAPACITY) {
            task->overruns++;
        } else {
            task->missed++;
        }
        event_raise_plain(vcpu, event, task->released);
    }
}

// A task's releases count from the start of the running plan.
COLD static void restart(const struct cpu *cpu, struct pool *pool)
{
    struct pool_task *task = &pool->tasks[pool->restarted];

    pool->restarted++;
    pool_queue_set(&pool->queues, POOL_RELEASES, &task->next,
                   task->started ? pool->epoch + task->config->offset : POOL_QUEUE_NEVER);
    if (task->open) {
        cut(cpu, task, SEP_EVENT_DEADLINE);
    }
}

// Does what is due at cpu->now besides releases, as long as `most` lets it. Answers what is left of that.
COLD static uint32_t settle(const struct cpu *cpu, struct pool *pool, uint32_t most)
{
    charge(cpu, pool);
    for (; most != 0u; most--) {
        struct pool_task *first = pool->task;

        if (pool->restarted != pool->config->real_time) {
            restart(cpu, pool);
        } else if (first == NULL) {
            return most;
        } else if (time_reached(cpu->now, first->due)) {
            cut(cpu, first, SEP_EVENT_DEADLINE);
        } else if (first->left <= 0) {
            cut(cpu, first, SEP_EVENT_CAPACITY);
        } else if (!has_use(first->vcpu)) {
            pool_end_job(cpu, first);
        } else {
            return most;
        }
    }
    return 0;
}

// Releases the task whose time it is. Answers the next release.
static inline struct pool_queue_entry *release(struct pool *pool, struct pool_task *task,
                                               sep_time_t time, sep_time_t now)
{
    const struct sep_cfg_vcpu *record = task->config;
    struct pool_task *first = pool->task;
    struct pool_queue_entry *following;
    sep_time_t next = time + record->period;
    sep_time_t due;

    // Where the processor was held up for so long that it is over already, the last job is released.
    if (time_reached(now, next)) {
        next = time_next_period(time, record->period, now);
        time = next - record->period;
    }
    due = time + record->deadline;
    task->release = time;
    task->due = due;
    task->released++;
    task->left += (int64_t)record->capacity;
    task->open = true;
    wake(task->vcpu);
    // Equal deadlines are met in the order of the tasks.
    if (first != NULL && !pool_queue_is_earlier(due, first->due, task < first)) {
        return pool_queue_put_both(&pool->queues, &task->next, next, &task->queued, due);
    }
    pool->task = task;
    following = pool_queue_put(&pool->queues, POOL_RELEASES, &task->next, next);
    if (first != NULL) {
        pool_queue_put_first(&pool->queues, POOL_DEADLINES, &first->queued, first->due);
    }
    return following;
}

static inline uint32_t best_effort_count(const struct pool *pool)
{
    return pool->config->members.count - pool->config->real_time;
}

static inline struct vcpu *best_effort(const struct pool *pool, uint32_t turn)
{
    const struct sep_cfg_pool *record = pool->config;

    return vcpu_at(config.member[record->members.first + record->real_time + turn].vcpu.index);
}

// The turn goes to the next best-effort vCPU in the circle that has use for it, or for it at once. False: there is
// none. Bound: SEP_POOL_BEST_EFFORT_MAX.
static bool next_turn(struct pool *pool, bool at_once)
{
    uint32_t count = best_effort_count(pool);
    uint32_t turn = pool->turn;

    for (uint32_t i = 0; i < count; i++) {
        struct vcpu *vcpu;

        turn = turn + 1u == count ? 0u : turn + 1u;
        vcpu = best_effort(pool, turn);
        if (has_use(vcpu) && (!at_once || vcpu->state != SEP_STATE_IDLE)) {
            pool->turn = turn;
            pool->turn_left = (int64_t)pool->config->quantum;
            wake(vcpu);
            return true;
        }
    }
    return false;
}

// No job is open. Who idles in its turn lets others go first, and goes on idling if there are none.
static struct vcpu *choose_best_effort(struct pool *pool)
{
    struct vcpu *holder;
    bool keeps;

    if (best_effort_count(pool) == 0u) {
        return NULL;
    }
    holder = best_effort(pool, pool->turn);
    keeps = pool->turn_left > 0 && has_use(holder);
    if (keeps && holder->state != SEP_STATE_IDLE) {
        return holder;
    }
    if (!next_turn(pool, keeps) && !keeps) {
        return NULL;
    }
    return best_effort(pool, pool->turn);
}

// No job is open: the turn of a best-effort vCPU goes on or begins.
__attribute__((noinline)) static void decide_best_effort(struct cpu *cpu, struct pool *pool)
{
    charge(cpu, pool);
    pool->until = POOL_QUEUE_NEVER;
    cpu->sched.vcpu = choose_best_effort(pool);
    if (cpu->sched.vcpu != NULL) {
        pool->until = pool_give(pool, cpu->now, &pool->turn_left);
    }
}

// Names who has the processor next, and when to look again: at the latest at the next release. Answers when the job
// or the turn ends.
static inline sep_time_t decide(struct cpu *cpu, struct pool *pool, sep_time_t now,
                                sep_time_t release)
{
    struct sched *sched = &cpu->sched;
    struct pool_task *task = pool->task;
    sep_time_t end;
    sep_time_t until;

    if (task != NULL) {
        end = pool_give(pool, now, &task->left);
        if (time_reached(end, task->due)) {
            end = task->due;
        }
        pool->until = end;
        sched->vcpu = task->vcpu;
    } else {
        decide_best_effort(cpu, pool);
        end = pool->until;
    }
    until = end;
    if (time_reached(until, release)) {
        until = release;
    }
    if (time_reached(until, sched->slot_end)) {
        until = sched->slot_end;
    }
    sched->boundary = until;
    return end;
}

// Too much is due at once: the rest as soon as interrupts were taken.
COLD static void decide_later(struct cpu *cpu, struct pool *pool)
{
    cpu->sched.vcpu = NULL;
    cpu->sched.boundary = cpu->now;
    pool->until = 0;
}

// What only some pools need behind a decision: one test for all of it.
COLD static void decided(struct cpu *cpu, struct pool *pool)
{
    if (pool->fast.lines != 0u) {
        pool_fast_decide(cpu, pool);
    }
    if (trace_wants(cpu->trace, SEP_TRACE_SCHEDULING) && cpu->sched.vcpu != cpu->executing) {
        trace_slot(&cpu->sched);
    }
}

void pool_choose(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;
    struct pool *pool = sched->pool;
    const sep_time_t now = cpu->now;
    struct pool_queue_entry *next; // release
    sep_time_t time;
    uint32_t left = POOL_BURST;

    if (sched->vcpu != NULL && pool->task != NULL) {
        if (has_use(sched->vcpu) && sched->vcpu != pool->fast.vcpu) {
            return; // its job idles, or loads
        }
        pool->until = 0; // its job ends
    }
    cpu->timer_stale = true;
    do { // once, unless what was released is over already
        if (time_reached(now, pool->until)) {
            left = settle(cpu, pool, left);
        }
        next = pool_queue_first(&pool->queues, POOL_RELEASES);
        time = next->time;
        while (left != 0u && time_reached(now, time)) {
            next = release(pool, TASK_OF(next, next), time, now);
            time = next->time;
            left--;
        }
        if (left == 0u) {
            decide_later(cpu, pool);
            break;
        }
    } while (time_reached(now, decide(cpu, pool, now, time)));
    if (pool->observed) {
        decided(cpu, pool);
    }
}

// Releases count from the start of the running plan.
static void begin_epoch(const struct sched *sched, struct pool *pool)
{
    if (pool->epoch != sched->plan_start) {
        pool->epoch = sched->plan_start;
        pool->restarted = 0;
    }
}

bool pool_tell(const struct cpu *cpu)
{
    for (uint32_t i = 0; i < config.header->sections[SEP_CFG_TYPE_pool].count; i++) {
        struct pool *pool = &pools[i];

        if (&cpus[pool->config->cpu] != cpu || pool->task == NULL || pool == cpu->sched.pool) {
            continue;
        }
        begin_epoch(&cpu->sched, pool);
        if (pool->restarted != pool->config->real_time) {
            (void)settle(cpu, pool, POOL_BURST);
            return true;
        }
    }
    return false;
}

COLD void pool_enter(struct cpu *cpu, uint32_t index)
{
    struct sched *sched = &cpu->sched;
    struct pool *pool = &pools[index];

    sched->pool = pool;
    sched->slot_end = sched->boundary;
    sched->late_ticks = cpu->late_ticks;
    cpu->late_ticks = 0;
    begin_epoch(sched, pool);
    if (pool->restarted != pool->config->real_time) {
        pool->until = 0;
    } else if (pool->task == NULL) {
        pool->until = POOL_QUEUE_NEVER;
    } else {
        // A job that had its capacity when the last slot ended ends before others are released.
        pool->until = pool->task->left > 0 ? pool->task->due : 0u;
    }
    pool->observed = pool->fast.lines != 0u || trace_wants(cpu->trace, SEP_TRACE_SCHEDULING);
    if (pool->fast.lines != 0u) {
        pool_fast_enter(cpu, pool);
    }
}

bool pool_leave(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;

    if (sched->pool == NULL) {
        return true;
    }
    sched->vcpu = NULL;
    if (!time_reached(cpu->now, sched->slot_end)) {
        return false;
    }
    charge(cpu, sched->pool);
    if (sched->pool->fast.lines != 0u) {
        pool_fast_leave(cpu, sched->pool);
    }
    sched->pool = NULL;
    sched->boundary = sched->slot_end;
    cpu->late_ticks = sched->late_ticks;
    return true;
}
