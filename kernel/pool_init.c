// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools at boot: taken from the arena, and tested for admission as the host tool has tested them.

#include <kernel/arena.h>
#include <kernel/config.h>
#include <kernel/pool.h>
#include <kernel/vcpu.h>
#include <septum/admission.h>
#include <septum/build_info.h>

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_pool", .value = sizeof(struct pool)},
    {.key = "sizeof_pool_task", .value = sizeof(struct pool_task)},
};

// The test is done where the tasks will be.
_Static_assert(sizeof(struct pool_task) >= sizeof(struct sep_admission_task), "room for the test");

static bool plan_admits(const struct sep_cfg_plan *plan, uint32_t index, void *memory)
{
    const struct sep_cfg_pool *record = &config.pool[index];
    struct sep_admission a = {
        .slots = &config.slot[plan->slots.first],
        .slot_count = plan->slots.count,
        .pool = index,
        .frame = plan->major_frame,
        .overhead = record->overhead,
        .blocking = record->blocking,
        .reserve = record->reserve,
        .preemption_window = record->preemption_window,
        .preemption = record->preemption,
        .tasks = memory,
        .count = record->real_time,
    };

    for (uint32_t i = 0; i < a.count; i++) {
        const struct sep_cfg_vcpu *vcpu =
            &config.vcpu[config.member[record->members.first + i].vcpu.index];

        a.tasks[i] = (struct sep_admission_task){.period = vcpu->period,
                                                 .capacity = vcpu->capacity,
                                                 .deadline = vcpu->deadline,
                                                 .offset = vcpu->offset};
    }
    return sep_admission_test(&a) <= SEP_ADMISSION_SUFFICIENT;
}

static bool plan_holds(const struct sep_cfg_plan *plan, uint32_t index)
{
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        if (config.slot[plan->slots.first + i].pool.index == index) {
            return true;
        }
    }
    return false;
}

// In every plan that holds it.
static bool is_admitted(uint32_t index, void *memory)
{
    const struct sep_cfg_cpu *cpu = &config.cpu[config.pool[index].cpu];

    for (uint32_t i = 0; i < cpu->plans.count; i++) {
        const struct sep_cfg_plan *plan = &config.plan[cpu->plans.first + i];

        if (plan_holds(plan, index) && !plan_admits(plan, index, memory)) {
            return false;
        }
    }
    return true;
}

static void task_init(struct pool *pool, uint32_t index, uint32_t leaves)
{
    struct pool_task *task = &pool->tasks[index];
    uint32_t vcpu = config.member[pool->config->members.first + index].vcpu.index;

    *task = (struct pool_task){
        .vcpu = vcpu_at(vcpu),
        .pool = pool,
        .config = &config.vcpu[vcpu],
        .started = (config.vcpu[vcpu].flags & SEP_CFG_VCPU_STARTED) != 0u,
    };
    pool_queue_add(&pool->queues, POOL_RELEASES, &task->next, leaves + index);
    pool_queue_add(&pool->queues, POOL_DEADLINES, &task->queued, leaves + index);
    task->vcpu->task = task;
}

static const char *build(uint32_t index)
{
    struct pool *pool = &pools[index];
    const struct sep_cfg_pool *record = &config.pool[index];
    uint32_t leaves = sep_arena_pool_leaves(record->real_time);
    void *tasks = arena_take(record->real_time * (uint32_t)sizeof(struct pool_task));
    void *nodes = arena_take(POOL_QUEUE_BYTES(leaves));

    if (tasks == NULL || nodes == NULL) {
        return "the arena is too small";
    }
    if (!is_admitted(index, tasks)) {
        return "a pool's real-time vCPUs cannot all meet their deadlines";
    }
    pool->config = record;
    pool->tasks = tasks;
    pool->epoch = POOL_QUEUE_NEVER; // of no plan
    pool_fast_init(pool);
    pool->charged = &pool->nothing;
    pool_queue_init(&pool->queues, nodes, leaves);
    for (uint32_t i = 0; i < record->real_time; i++) {
        task_init(pool, i, leaves);
    }
    return NULL;
}

const char *pool_init(void)
{
    uint32_t count = config.header->sections[SEP_CFG_TYPE_pool].count;
    const char *error = NULL;

    pools = arena_take(count * (uint32_t)sizeof(struct pool));
    if (pools == NULL) {
        error = "the arena is too small";
    }
    for (uint32_t i = 0; error == NULL && i < count; i++) {
        error = build(i);
    }
    return error;
}
