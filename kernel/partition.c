// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: state, mode and the transitions between them.

#include <hal/cache.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/trace.h>
#include <kernel/virq.h>

struct partition *partitions;
struct partition *partition_systems;

// Partitions that are not halted; the system ends when none is left.
static uint32_t alive;

bool partition_init(struct partition *partition, const struct sep_cfg_partition *record)
{
    const struct sep_cfg_area *area = &config.area[record->areas.first];

    partition->config = record;
    partition->vcpus = &vcpus[record->vcpus.first];
    partition->state = SEP_STATE_HALTED;
    partition->mode = SEP_MODE_IDLE;
    partition->console = &console_none;
    if (partition_is_system(partition)) {
        partition->next_system = partition_systems;
        partition_systems = partition;
    }
    for (uint32_t i = 0; i < record->vcpus.count; i++) {
        partition->vcpus[i].partition = partition;
        partition->vcpus[i].config = &config.vcpu[record->vcpus.first + i];
    }
    for (uint32_t i = 0; i < record->interrupts.count; i++) {
        partition->vcpus[0].lines |=
            SEP_IRQ_BIT(config.interrupt[record->interrupts.first + i].irq);
    }
    for (uint32_t i = 0; i < record->areas.count; i++) {
        if (!hal_space_map(&partition->space, hal_guest((uintptr_t)area[i].virtual_start),
                           hal_phys(area[i].physical_start), (uintptr_t)area[i].size,
                           area[i].flags)) {
            return false;
        }
    }
    hal_cache_mapped(&partition->space);
    return true;
}

void partition_halt_vcpus(struct partition *partition)
{
    for (uint32_t i = 0; i < partition->config->vcpus.count; i++) {
        struct vcpu *vcpu = &partition->vcpus[i];

        vcpu_quiet(vcpu);
        vcpu_set_state(vcpu, SEP_STATE_HALTED);
    }
}

bool partition_any_alive(void)
{
    return alive != 0u;
}

sep_status_t partition_halt(struct partition *partition)
{
    if (partition->state == SEP_STATE_HALTED) {
        return SEP_NO_ACTION;
    }
    partition->state = SEP_STATE_HALTED;
    partition->mode = SEP_MODE_IDLE;
    partition_halt_vcpus(partition);
    trace_state(partition);
    alive--;
    if (alive == 0u) {
        system_stop("every partition is halted", SYSTEM_STATUS_OK);
    }
    return SEP_OK;
}

sep_status_t partition_change_state(struct partition *partition, enum sep_state to)
{
    if (partition->state == SEP_STATE_HALTED) {
        return SEP_INVALID_MODE;
    }
    if (partition->state == to) {
        return SEP_NO_ACTION;
    }
    partition->state = to;
    trace_state(partition);
    hal_cpu_attention(hal_cpu_this());
    return SEP_OK;
}

void partition_loaded(struct partition *partition)
{
    vcpu_reset(&partition->vcpus[0], (uintptr_t)partition->config->entry, 0);
    trace_state(partition);
}

static void begin(struct partition *partition, enum sep_mode mode)
{
    if (partition->state == SEP_STATE_HALTED) {
        alive++;
    }
    partition_halt_vcpus(partition);
    partition->state = SEP_STATE_READY;
    partition->mode = mode;
    if (mode == SEP_MODE_COLD) {
        load_begin(partition);
        vcpu_set_state(&partition->vcpus[0], SEP_STATE_LOADING);
        trace_state(partition);
    } else {
        partition_loaded(partition);
    }
}

void partition_start(struct partition *partition)
{
    begin(partition, SEP_MODE_COLD);
}

// Whether the description lets the partition be reset this way.
static bool reset_allowed(const struct partition *partition, enum sep_mode mode)
{
    uint32_t against = SEP_PARTITION_NO_RESET;

    if (mode == SEP_MODE_WARM) {
        against |= SEP_PARTITION_COLD_ONLY;
    }
    return (partition->config->flags & against) == 0u;
}

sep_status_t partition_reset(struct partition *partition, enum sep_mode mode, uint32_t code)
{
    if (!reset_allowed(partition, mode)) {
        return SEP_INVALID_CONFIG;
    }
    // An image that was never completely loaded can only be loaded.
    if (mode == SEP_MODE_WARM &&
        (partition->load.phase != LOAD_DONE || !partition->load.complete)) {
        return SEP_INVALID_MODE;
    }
    partition->reset_count++;
    partition->reset_code = code;
    begin(partition, mode);
    return SEP_OK;
}

sep_status_t partition_shutdown(struct partition *partition)
{
    // While it loads there is nobody to ask, and its start forgets what is pending.
    if (partition->state == SEP_STATE_HALTED || partition->load.phase != LOAD_DONE) {
        return SEP_INVALID_MODE;
    }
    virq_raise(&partition->vcpus[0], SEP_IRQ_SHUTDOWN);
    return SEP_OK;
}

uint32_t partition_visible_state(const struct partition *partition)
{
    if (partition->state == SEP_STATE_READY && partition->load.phase != LOAD_DONE) {
        return SEP_STATE_LOADING;
    }
    return partition->state;
}
