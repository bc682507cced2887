// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: pools and their vCPUs. Whether the vCPUs meet their
// deadlines is tested when the pools are built.

#include <kernel/config.h>
#include <kernel/time.h>
#include <septum/info.h>

/// Times are below 2^47 ns, a day and a half: the test of admission multiplies them.
#define TIME_BITS 47u

// Of a real-time vCPU.
static bool times_are_sound(const struct sep_cfg_vcpu *vcpu)
{
    return vcpu->period >> TIME_BITS == 0u && time_reached(vcpu->capacity, SEP_POOL_TIME_MIN) &&
           time_reached(vcpu->deadline, vcpu->capacity) &&
           time_reached(vcpu->period, vcpu->deadline) && vcpu->offset < vcpu->period;
}

// No earlier member of the pool is the same vCPU; another pool's is not, for a vCPU names its pool.
static bool member_is_new(const struct sep_cfg_member *first, const struct sep_cfg_member *member)
{
    const struct sep_cfg_member *other = first;

    while (other->vcpu.index != member->vcpu.index) {
        other++;
    }
    return other == member;
}

static bool members_are_sound(uint32_t index)
{
    const struct sep_cfg_pool *pool = &config.pool[index];
    const struct sep_cfg_member *first = &config.member[pool->members.first];

    for (uint32_t i = 0; i < pool->members.count; i++) {
        const struct sep_cfg_vcpu *vcpu = &config.vcpu[first[i].vcpu.index];
        bool sound = i < pool->real_time ? times_are_sound(vcpu) : vcpu->period == 0u;

        if (!sound || vcpu->pool.index != index || vcpu->cpu != pool->cpu ||
            vcpu->flags > SEP_CFG_VCPU_FLAGS || !member_is_new(first, &first[i])) {
            return false;
        }
    }
    return true;
}

// A line of the vCPU's own partition, which no emulated interrupt controller stands before; and nobody is released.
static bool fast_is_sound(const struct sep_cfg_fast *fast, uint32_t pool)
{
    const struct sep_cfg_interrupt *interrupt = &config.interrupt[fast->interrupt.index];
    const struct sep_cfg_vcpu *vcpu = &config.vcpu[interrupt->vcpu.index];
    const struct sep_cfg_partition *partition = &config.partition[vcpu->partition.index];

    return fast->interrupt.index - partition->interrupts.first < partition->interrupts.count &&
           vcpu->pool.index == pool && vcpu->period == 0u &&
           (partition->flags & SEP_PARTITION_UNMODIFIED) == 0u;
}

static bool fast_lines_are_sound(uint32_t index)
{
    const struct sep_cfg_pool *pool = &config.pool[index];

    if (pool->fast.count > SEP_POOL_FAST_MAX || pool->preemption_window > SEP_POOL_WINDOW_MAX ||
        (pool->fast.count != 0u && pool->preemption_window == 0u)) {
        return false;
    }
    for (uint32_t i = 0; i < pool->fast.count; i++) {
        const struct sep_cfg_fast *fast = &config.fast[pool->fast.first + i];
        // A quantum that begins anew would be demand that admission knows nothing of.
        bool sound = fast->delivery == SEP_DELIVERY_RECYCLE ||
                     (fast->delivery == SEP_DELIVERY_RESET && pool->real_time == 0u);

        if (!sound || !fast_is_sound(fast, index)) {
            return false;
        }
    }
    return true;
}

static bool pool_is_sound(uint32_t index)
{
    const struct sep_cfg_pool *pool = &config.pool[index];

    return pool->cpu < config.system->cpus.count && pool->real_time <= pool->members.count &&
           pool->real_time <= SEP_POOL_REAL_TIME_MAX &&
           pool->members.count - pool->real_time <= SEP_POOL_BEST_EFFORT_MAX &&
           time_reached(pool->quantum, SEP_POOL_TIME_MIN) && pool->quantum >> TIME_BITS == 0u &&
           (pool->overhead | pool->blocking) >> (TIME_BITS - 10u) == 0u && pool->reserve <= 100u &&
           members_are_sound(index) && fast_lines_are_sound(index);
}

const char *config_check_pools(void)
{
    for (uint32_t i = 0; i < config.header->sections[SEP_CFG_TYPE_pool].count; i++) {
        if (!pool_is_sound(i)) {
            return "a pool is wrong";
        }
    }
    return NULL;
}
