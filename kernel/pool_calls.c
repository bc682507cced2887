// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: what calls do with a real-time vCPU, of this processor and of others.

#include <kernel/cold.h>
#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/vcpu.h>

// A pool whose slot it is decides anew when the event under way ends.
static void decide_anew(const struct pool *pool)
{
    struct cpu *cpu = cpu_this();

    if (cpu->sched.pool == pool) {
        cpu->sched.vcpu = NULL;
        hal_cpu_attention(&cpu->hal);
    }
}

COLD void pool_answer(struct pool *pool)
{
    shared_write(&pool->asked, false);
    shared_fence();
    CONFIG_EACH (member, member, pool->config->members) {
        struct partition *partition = vcpu_at(member->vcpu.index)->partition;

        if (partition_is_asked(partition)) {
            partition_answer(partition);
        }
    }
}

COLD void pool_kicked(struct cpu *cpu)
{
    const struct pool *pool = cpu->sched.pool;

    if (pool != NULL && shared_read(&pool->asked)) {
        cpu->sched.vcpu = NULL;
    }
}

COLD void pool_forget(struct vcpu *vcpu)
{
    struct pool_task *task = vcpu->task;

    if (task != NULL && task->open) {
        pool_end_job(cpu_this(), task);
        decide_anew(task->pool);
    }
}

void pool_wait(struct pool_task *task)
{
    struct cpu *cpu = cpu_this();

    if (task->open) {
        cpu_read_clock(cpu);
        pool_end_job(cpu, task);
        task->finished++;
    }
    vcpu_set_state(task->vcpu, SEP_STATE_IDLE);
    decide_anew(task->pool);
}

COLD void pool_start(struct pool_task *task)
{
    struct pool *pool = task->pool;
    const struct cpu *cpu = cpu_this();

    shared_write(&task->started, true);
    if (pool->epoch ==
        cpu->sched.plan_start) { // else it is released when the pool's next slot begins
        pool_queue_set(&pool->queues, POOL_RELEASES, &task->next,
                       time_next_period(pool->epoch + task->config->offset, task->config->period,
                                        time_now(&cpu->clock)));
    }
    decide_anew(pool);
}

COLD void pool_stop(struct pool_task *task)
{
    struct pool *pool = task->pool;

    shared_write(&task->started, false);
    pool_queue_set(&pool->queues, POOL_RELEASES, &task->next, POOL_QUEUE_NEVER);
    if (task->open) {
        pool_end_job(cpu_this(), task);
    }
    decide_anew(pool);
}

COLD void pool_status(const struct pool_task *task, struct sep_periodic_status *status)
{
    const struct cpu *cpu = cpu_this();
    const struct pool *pool = task->pool;
    sep_time_t next = task->next.time;
    int64_t left = task->left;

    if (pool->charged == &task->left) {
        left = (int64_t)(pool->end - time_now(&cpu->clock));
    }
    *status = (struct sep_periodic_status){
        .release = task->release,
        .deadline = task->due,
        .next_release = next != POOL_QUEUE_NEVER ? next : 0u,
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
