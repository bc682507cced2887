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

static inline uint32_t index_of(const struct pool *pool, const struct pool_task *task)
{
    return (uint32_t)(task - pool->tasks);
}

static inline bool partition_runs(const struct vcpu *vcpu)
{
    return vcpu->partition->state == SEP_STATE_READY;
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

// What has passed since the last decision is taken off what whoever had the processor may have.
static inline void charge(const struct cpu *cpu, struct pool *pool)
{
    int64_t used = (int64_t)(cpu->now - pool->since);

    pool->since = cpu->now;
    if (pool->task != NULL) {
        pool->task->left -= used;
    } else {
        pool->turn_left -= used;
    }
}

// The open job ends. What it has not used is gone.
static void end_job(const struct cpu *cpu, struct pool *pool, struct pool_task *task)
{
    if (pool->task == task) {
        charge(cpu, pool);
        pool->task = NULL;
    }
    task->open = false;
    if (task->left > 0) {
        task->left = 0;
    } else if (task->left < -(int64_t)task->config->capacity) {
        task->left = -(int64_t)task->config->capacity; // it loses one job at the most
    } else {
        // The next one is shorter.
    }
    pool_queue_set(&pool->deadlines, index_of(pool, task), POOL_QUEUE_NEVER);
}

// A job ends that was not finished. Whoever idles has nothing more to do, and is not told.
COLD static void cut(const struct cpu *cpu, struct pool *pool, struct pool_task *task,
                     enum sep_event event)
{
    struct vcpu *vcpu = task->vcpu;

    end_job(cpu, pool, task);
    if (partition_runs(vcpu) && vcpu->state == SEP_STATE_READY) {
        if (event == SEP_EVENT_CAPACITY) {
            task->overruns++;
        } else {
            task->missed++;
        }
        event_raise_plain(vcpu, event, task->released);
    }
}

// Releases the vCPU whose time it is.
static inline void release(const struct cpu *cpu, struct pool *pool)
{
    uint32_t index = pool_queue_first(&pool->releases);
    struct pool_task *task = &pool->tasks[index];
    const struct sep_cfg_vcpu *record = task->config;
    sep_time_t time = pool_queue_time(&pool->releases);

    // Where the processor was held up for so long that it is over already, the last job is released.
    if (time_reached(cpu->now, time + record->period)) {
        time = time_next_period(time, record->period, cpu->now) - record->period;
    }
    pool_queue_set(&pool->releases, index, time + record->period);
    task->release = time;
    task->released++;
    task->left += (int64_t)record->capacity;
    task->open = true;
    wake(task->vcpu);
    pool_queue_set(&pool->deadlines, index, time + record->deadline);
}

// A task's releases count from the start of the running plan.
COLD static void restart(const struct cpu *cpu, struct pool *pool)
{
    struct pool_task *task = &pool->tasks[pool->restarted];

    pool->restarted++;
    pool_queue_set(&pool->releases, index_of(pool, task),
                   task->started ? pool->epoch + task->config->offset : POOL_QUEUE_NEVER);
    if (task->open) {
        cut(cpu, pool, task, SEP_EVENT_DEADLINE);
    }
}

// Does one thing that is due at cpu->now: what ends comes before what begins. False: nothing is.
static inline bool settle(const struct cpu *cpu, struct pool *pool)
{
    sep_time_t deadline = pool_queue_time(&pool->deadlines);
    bool open = deadline != POOL_QUEUE_NEVER;
    struct pool_task *first = &pool->tasks[pool_queue_first(&pool->deadlines)];

    if (pool->restarted != pool->config->real_time) {
        restart(cpu, pool);
    } else if (time_reached(cpu->now, deadline)) {
        cut(cpu, pool, first, SEP_EVENT_DEADLINE);
    } else if (open && first->left <= 0) {
        cut(cpu, pool, first, SEP_EVENT_CAPACITY);
    } else if (time_reached(cpu->now, pool_queue_time(&pool->releases))) {
        release(cpu, pool);
    } else if (open && !has_use(first->vcpu)) {
        end_job(cpu, pool, first);
    } else {
        return false;
    }
    return true;
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

static inline sep_time_t earlier(sep_time_t a, sep_time_t b)
{
    return time_reached(a, b) ? b : a;
}

// Names who has the processor next, and when to look again.
static void decide(struct cpu *cpu, struct pool *pool)
{
    struct sched *sched = &cpu->sched;
    sep_time_t until = pool_queue_time(&pool->deadlines);

    if (until != POOL_QUEUE_NEVER) {
        pool->task = &pool->tasks[pool_queue_first(&pool->deadlines)];
        sched->vcpu = pool->task->vcpu;
        until = earlier(until, cpu->now + (sep_time_t)pool->task->left);
    } else {
        pool->task = NULL;
        sched->vcpu = choose_best_effort(pool);
        if (sched->vcpu != NULL) {
            until = cpu->now + (sep_time_t)pool->turn_left;
        }
    }
    until = earlier(until, pool_queue_time(&pool->releases));
    sched->boundary = earlier(until, sched->slot_end);
}

bool pool_choose(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;
    struct pool *pool = sched->pool;
    struct vcpu *before = sched->vcpu;
    uint32_t left = POOL_BURST;

    if (before != NULL && pool->task != NULL && has_use(before)) {
        return false; // its job idles, or loads
    }
    charge(cpu, pool);
    while (left != 0u && settle(cpu, pool)) {
        left--;
    }
    cpu->timer_stale = true;
    if (left == 0u) {
        sched->vcpu = NULL;
        sched->boundary = cpu->now; // and so on, as soon as interrupts were taken
    } else {
        decide(cpu, pool);
    }
    if (sched->vcpu != cpu->executing && trace_wants(cpu->trace, SEP_TRACE_SCHEDULING)) {
        trace_slot(sched);
    }
    return sched->vcpu != NULL && sched->vcpu != before;
}

COLD void pool_enter(struct cpu *cpu, uint32_t index)
{
    struct sched *sched = &cpu->sched;
    struct pool *pool = &pools[index];

    sched->pool = pool;
    sched->slot_end = sched->boundary;
    sched->late_ticks = cpu->late_ticks;
    cpu->late_ticks = 0;
    pool->since = cpu->now;
    if (pool->epoch != sched->plan_start) {
        pool->epoch = sched->plan_start;
        pool->restarted = 0;
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
    sched->pool->task = NULL;
    sched->pool = NULL;
    sched->boundary = sched->slot_end;
    cpu->late_ticks = sched->late_ticks;
    return true;
}

// A pool whose slot it is decides anew when the event under way ends.
static void decide_anew(const struct pool *pool)
{
    struct cpu *cpu = cpu_this();

    if (cpu->sched.pool == pool) {
        cpu->sched.vcpu = NULL;
        hal_cpu_attention(&cpu->hal);
    }
}

COLD void pool_forget(struct vcpu *vcpu)
{
    struct pool_task *task = vcpu->task;

    if (task != NULL && task->open) {
        end_job(cpu_this(), task->pool, task);
        decide_anew(task->pool);
    }
}

void pool_wait(struct pool_task *task)
{
    struct cpu *cpu = cpu_this();

    if (task->open) {
        cpu_read_clock(cpu);
        end_job(cpu, task->pool, task);
        task->finished++;
    }
    vcpu_set_state(task->vcpu, SEP_STATE_IDLE);
    decide_anew(task->pool);
}

COLD void pool_start(struct pool_task *task)
{
    struct pool *pool = task->pool;

    task->started = true;
    pool_queue_set(&pool->releases, index_of(pool, task),
                   time_next_period(pool->epoch + task->config->offset, task->config->period,
                                    time_now(&cpu_this()->clock)));
    decide_anew(pool);
}

COLD void pool_stop(struct pool_task *task)
{
    struct pool *pool = task->pool;

    task->started = false;
    pool_queue_set(&pool->releases, index_of(pool, task), POOL_QUEUE_NEVER);
    if (task->open) {
        end_job(cpu_this(), pool, task);
    }
    decide_anew(pool);
}

COLD void pool_status(const struct pool_task *task, struct sep_periodic_status *status)
{
    const struct cpu *cpu = cpu_this();
    const struct pool *pool = task->pool;
    int64_t left = task->left;

    if (pool->task == task) {
        left -= (int64_t)(time_now(&cpu->clock) - pool->since);
    }
    *status = (struct sep_periodic_status){
        .release = task->release,
        .deadline = task->released != 0u ? task->release + task->config->deadline : 0u,
        .next_release = task->started ? pool->releases.key[index_of(pool, task)] : 0u,
        .left = task->open && left > 0 ? (uint64_t)left : 0u,
        .state = SEP_PERIODIC_STOPPED,
        .released = task->released,
        .finished = task->finished,
        .overruns = task->overruns,
        .missed = task->missed,
    };
    if (task->started) {
        status->state = task->open ? SEP_PERIODIC_OPEN : SEP_PERIODIC_WAITING;
    }
}
