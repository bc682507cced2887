// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: the system and its plans.

#include <hal/boot.h>
#include <hal/build_info.h>
#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/range.h>
#include <septum/arena.h>
#include <septum/info.h>

#include <stddef.h>

/// Longest frame: a day.
#define FRAME_MAX ((sep_time_t)86400u * 1000000000u)

// Binary, configuration, arena and blobs lie in this order in the hypervisor's memory.
static const char *check_memory(void)
{
    const struct sep_cfg_system *s = config.system;
    uintptr_t start = (uintptr_t)s->hypervisor_start;
    uintptr_t size = (uintptr_t)s->hypervisor_size;
    uintptr_t arena = (uintptr_t)s->arena_start;

    if (start != hal_boot_start() || size > UINTPTR_MAX - start || s->arena_size > UINT32_MAX ||
        s->arena_size % SEP_ARENA_ALIGN != 0u || arena % HAL_BUILD_GRANULE != 0u ||
        arena < hal_boot_end() + config.header->size ||
        !range_inside(arena, (uintptr_t)s->arena_size, start, size)) {
        return "the arena is outside the hypervisor";
    }
    if (!range_inside((uintptr_t)s->blobs_start, (uintptr_t)s->blobs_size, start, size) ||
        (uintptr_t)s->blobs_start < arena ||
        (uintptr_t)s->blobs_start - arena < (uintptr_t)s->arena_size) {
        return "the packed images are outside the hypervisor";
    }
    return NULL;
}

// A gap, a pool's slot, or one of a vCPU that is in no pool.
static bool slot_is_sound(const struct sep_cfg_slot *slot, uint32_t cpu)
{
    bool pooled = slot->pool.index != SEP_CFG_NONE;

    if (slot->vcpu.index == SEP_CFG_NONE && !pooled) {
        return slot->duration != 0u;
    }
    if (!time_reached(slot->duration, SEP_SLOT_MIN)) {
        return false;
    }
    if (pooled) {
        return slot->vcpu.index == SEP_CFG_NONE && config.pool[slot->pool.index].cpu == cpu;
    }
    return config.vcpu[slot->vcpu.index].cpu == cpu &&
           config.vcpu[slot->vcpu.index].pool.index == SEP_CFG_NONE;
}

// The line is one of the board's, and neither the hypervisor's nor a partition's.
static bool line_is_free(uint32_t line)
{
    if (line < HAL_BUILD_LINE_FIRST || line > HAL_BUILD_LINE_LAST || HAL_BUILD_LINE_OWN(line)) {
        return false;
    }
    for (uint32_t i = 0; i < config.header->sections[SEP_CFG_TYPE_interrupt].count; i++) {
        if (config.interrupt[i].line == line) {
            return false;
        }
    }
    return true;
}

// How frames of the plan begin. A frame that does not begin one frame behind the one before, or does so on one
// processor only, is for systems of one processor, and for plans without releases that count on it.
static bool beginning_is_sound(const struct sep_cfg_plan *plan)
{
    bool waits = plan->sync_timeout != 0u;

    if (plan->flags > SEP_CFG_PLAN_FLAGS || !time_reached(FRAME_MAX, plan->sync_timeout) ||
        ((waits || plan->flags != 0u) && config.system->cpus.count != 1u)) {
        return false;
    }
    if (!waits) {
        return plan->sync_line == 0u;
    }
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        uint32_t pool = config.slot[plan->slots.first + i].pool.index;

        if (pool != SEP_CFG_NONE && config.pool[pool].real_time != 0u) {
            return false;
        }
    }
    return line_is_free(plan->sync_line);
}

static bool plan_is_sound(const struct sep_cfg_plan *plan, uint32_t cpu, uint32_t id)
{
    sep_time_t end = 0; // of the slot before

    if (!beginning_is_sound(plan)) {
        return false;
    }
    // Times that config_open() has let pass are below 2^62: sums cannot wrap.
    if (plan->major_frame == 0u || !time_reached(FRAME_MAX, plan->major_frame) || plan->id != id ||
        plan->major_frame != config.plan[config.cpu[0].plans.first + id].major_frame) {
        return false;
    }
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *slot = &config.slot[plan->slots.first + i];

        if (slot->start != end || !slot_is_sound(slot, cpu)) {
            return false;
        }
        end += slot->duration;
        if (!time_reached(plan->major_frame, end)) {
            return false;
        }
    }
    return end == plan->major_frame;
}

const char *config_check_plans(void)
{
    const struct sep_cfg_system *s = config.system;

    if (s->cpus.count == 0u || s->cpus.count > CONFIG_CPUS_MAX || s->cpus.first != 0u ||
        s->plan_count == 0u) {
        return "other processors are needed";
    }
    for (uint32_t c = 0; c < s->cpus.count; c++) {
        const struct sep_cfg_cpu *cpu = &config.cpu[c];

        if (cpu->id != c || cpu->plans.count != s->plan_count) {
            return "a processor has not all plans";
        }
        for (uint32_t p = 0; p < cpu->plans.count; p++) {
            if (!plan_is_sound(&config.plan[cpu->plans.first + p], c, p)) {
                return "a plan is wrong";
            }
        }
    }
    return NULL;
}

static bool ring_is_sound(uint32_t size, uint32_t least)
{
    return size >= least && size <= SEP_CONSOLE_RING_MAX && (size & (size - 1u)) == 0u;
}

// The records of a trace, which has a place for each class that it asks for.
static bool trace_is_sound(uint32_t records, uint32_t mask)
{
    if (records == 0u) {
        return mask == 0u;
    }
    return records >= SEP_TRACE_RECORDS_MIN && records <= SEP_TRACE_RECORDS_MAX &&
           (records & (records - 1u)) == 0u;
}

// 0: the tool knows that this hypervisor has no health monitor.
static bool log_is_sound(uint32_t records)
{
    return records == 0u || (records >= SEP_LOG_RECORDS_MIN && records <= SEP_LOG_RECORDS_MAX &&
                             (records & (records - 1u)) == 0u);
}

// Flags that a partition of this hypervisor may have.
#define FLAGS                                                                                      \
    (IS_ENABLED(CONFIG_UNMODIFIED) ? SEP_PARTITION_FLAGS                                           \
                                   : SEP_PARTITION_FLAGS & ~SEP_PARTITION_UNMODIFIED)

// Each partition's areas, vCPUs, interrupts and ports follow those of the one before: nobody has
// another's.
static bool partition_is_in_order(uint32_t i)
{
    const struct sep_cfg_partition *p = &config.partition[i];
    uint32_t area = 0;
    uint32_t vcpu = 0;
    uint32_t interrupt = 0;
    uint32_t port = 0;

    if (i != 0u) {
        interrupt = p[-1].interrupts.first + p[-1].interrupts.count;
        area = p[-1].areas.first + p[-1].areas.count;
        vcpu = p[-1].vcpus.first + p[-1].vcpus.count;
        port = p[-1].ports.first + p[-1].ports.count;
    }
    return trace_is_sound(p->trace_records, p->trace_mask) && p->id == i &&
           (p->flags & ~(uint32_t)FLAGS) == 0u && p->areas.first == area &&
           p->vcpus.first == vcpu && p->interrupts.first == interrupt && p->ports.first == port &&
           (p->console_ring == 0u || ring_is_sound(p->console_ring, SEP_CONSOLE_RING_MIN));
}

const char *config_check(void)
{
    const struct sep_cfg_system *s = config.system;
    const char *error = check_memory();

    if (error == NULL) {
        error = config_check_plans();
    }
    if (error == NULL) {
        error = config_check_pools();
    }
    if (error == NULL) {
        error = config_check_channels();
    }
    if (error == NULL &&
        (s->partitions.count != config.header->sections[SEP_CFG_TYPE_partition].count ||
         s->vcpus.count != config.header->sections[SEP_CFG_TYPE_vcpu].count ||
         s->partitions.count == 0u || s->partitions.count > HAL_BUILD_PARTITIONS_MAX ||
         s->flags > SEP_CFG_SYSTEM_FLAGS ||
         !ring_is_sound(s->console_ring, SEP_CONSOLE_RING_OWN_MIN) ||
         !trace_is_sound(s->trace_records, s->trace_mask) || !log_is_sound(s->log_records) ||
         !config_check_actions(&s->actions, true))) {
        error = "the system record is wrong";
    }
    for (uint32_t i = 0; error == NULL && i < s->partitions.count; i++) {
        if (!partition_is_in_order(i)) {
            error = "a partition record is wrong";
        } else {
            error = config_check_partition(&config.partition[i]);
        }
    }
    return error;
}
