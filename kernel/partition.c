// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: state, mode and the transitions between them.

#include <hal/cache.h>
#include <hal/kconfig.h>
#include <hal/smp.h>
#include <kernel/config.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
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
    partition->cpu = config.vcpu[record->vcpus.first].cpu;
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
    return shared_read(&alive) != 0u;
}

// A transition leaves nothing of what was posted before. With the lock.
static void forget_posted(struct partition *partition)
{
    shared_write(&partition->asked, 0u);
    for (uint32_t i = 0; i < partition->config->vcpus.count; i++) {
        partition->vcpus[i].posted = 0;
        partition->vcpus[i].posted_period = VCPU_PERIOD_AS_IS;
    }
}

// The partition's processor looks at it again: now, if it is the partition's turn there, or in a pool's slot
// nobody's. Others are not disturbed.
static void kick(const struct partition *partition)
{
    const struct cpu *cpu = &cpus[partition->cpu];
    const struct vcpu *current;

    shared_fence();
    current = shared_read(&cpu->current);
    if (current != NULL ? current->partition == partition
                        : shared_read(&cpu->current_pool) != NULL) {
        hal_smp_kick(partition->cpu);
    }
}

// Has it looked at, here or there.
static void changed(const struct partition *partition)
{
    if (partition_is_here(partition)) {
        hal_cpu_attention(hal_cpu_this());
    } else {
        kick(partition);
    }
}

// Posts with the lock. True: nothing was before, so that nobody has kicked the processor for it. Requests that come
// while one is not answered kick nobody; one that comes behind the answer does (CAVEATS.md).
static bool ask(struct partition *partition, enum partition_ask what)
{
    uint32_t before = partition->asked;

    shared_write(&partition->asked, before | (uint32_t)what);
    CONFIG_EACH (vcpu, vcpu, partition->config->vcpus) {
        if (IS_ENABLED(CONFIG_POOLS) && vcpu->pool.index != SEP_CFG_NONE) {
            shared_write(&pools[vcpu->pool.index].asked, true);
        }
    }
    return before == 0u;
}

static sep_status_t halt(struct partition *partition)
{
    if (partition->state == SEP_STATE_HALTED) {
        return SEP_NO_ACTION;
    }
    shared_write(&partition->state, (uint32_t)SEP_STATE_HALTED);
    partition->mode = SEP_MODE_IDLE;
    forget_posted(partition);
    if (partition_is_here(partition)) {
        partition_halt_vcpus(partition);
    } else {
        (void)ask(partition, PARTITION_ASK_HALT);
    }
    trace_state(partition);
    return SEP_OK;
}

sep_status_t partition_halt(struct partition *partition)
{
    sep_status_t result;

    lock_take(&partition->lock);
    result = halt(partition);
    lock_give(&partition->lock);
    if (result == SEP_OK) {
        changed(partition);
        if (shared_add(&alive, UINT32_MAX) == 0u) {
            system_stop("every partition is halted", SYSTEM_STATUS_OK);
        }
    }
    return result;
}

static sep_status_t change_state(struct partition *partition, enum sep_state to)
{
    if (partition->state == SEP_STATE_HALTED) {
        return SEP_INVALID_MODE;
    }
    if (partition->state == to) {
        return SEP_NO_ACTION;
    }
    shared_write(&partition->state, (uint32_t)to);
    trace_state(partition);
    return SEP_OK;
}

sep_status_t partition_change_state(struct partition *partition, enum sep_state to)
{
    sep_status_t result;

    lock_take(&partition->lock);
    result = change_state(partition, to);
    lock_give(&partition->lock);
    if (result == SEP_OK) {
        changed(partition);
    }
    return result;
}

void partition_loaded(struct partition *partition)
{
    vcpu_reset(&partition->vcpus[0], (uintptr_t)partition->config->entry, 0);
    trace_state(partition);
}

// On its processor.
static void begin_here(struct partition *partition, enum sep_mode mode)
{
    partition_halt_vcpus(partition);
    if (mode == SEP_MODE_COLD) {
        load_begin(partition);
        vcpu_set_state(&partition->vcpus[0], SEP_STATE_LOADING);
        trace_state(partition);
    } else {
        partition_loaded(partition);
    }
}

// With the lock.
static void begin(struct partition *partition, enum sep_mode mode)
{
    if (partition->state == SEP_STATE_HALTED) {
        (void)shared_add(&alive, 1u);
    }
    shared_write(&partition->state, (uint32_t)SEP_STATE_READY);
    partition->mode = mode;
    forget_posted(partition);
    if (partition_is_here(partition)) {
        begin_here(partition, mode);
    } else {
        (void)ask(partition, mode == SEP_MODE_COLD ? PARTITION_ASK_COLD : PARTITION_ASK_WARM);
    }
}

void partition_start(struct partition *partition)
{
    lock_take(&partition->lock);
    begin(partition, SEP_MODE_COLD);
    lock_give(&partition->lock);
}

void partition_answer(struct partition *partition)
{
    uint32_t asked;

    lock_take(&partition->lock);
    asked = partition->asked;
    shared_write(&partition->asked, 0u);
    if ((asked & PARTITION_ASK_HALT) != 0u) {
        partition_halt_vcpus(partition);
    } else if ((asked & PARTITION_ASK_COLD) != 0u) {
        begin_here(partition, SEP_MODE_COLD);
    } else if ((asked & PARTITION_ASK_WARM) != 0u) {
        begin_here(partition, SEP_MODE_WARM);
    } else {
        // Only vCPUs are asked for something.
    }
    for (uint32_t i = 0; i < partition->config->vcpus.count; i++) {
        struct vcpu *vcpu = &partition->vcpus[i];
        uint32_t period = vcpu->posted_period;

        virq_take(vcpu, vcpu->posted);
        vcpu->posted = 0;
        vcpu->posted_period = VCPU_PERIOD_AS_IS;
        if (!IS_ENABLED(CONFIG_POOLS)) {
            continue; // no periods
        }
        if (period == VCPU_PERIOD_START) {
            pool_start(vcpu->task);
        } else if (period == VCPU_PERIOD_STOP) {
            pool_stop(vcpu->task);
        } else {
            // As it is.
        }
    }
    lock_give(&partition->lock);
}

void partition_post(struct vcpu *vcpu, uint32_t irqs)
{
    struct partition *partition = vcpu->partition;
    bool first;

    lock_take(&partition->lock);
    vcpu->posted |= irqs;
    first = ask(partition, PARTITION_ASK_VCPU);
    lock_give(&partition->lock);
    if (first) {
        kick(partition);
    }
}

sep_status_t partition_post_period(struct vcpu *vcpu, enum vcpu_period period)
{
    struct partition *partition = vcpu->partition;
    sep_status_t result = SEP_NO_ACTION;
    bool starts;

    lock_take(&partition->lock);
    starts = vcpu->posted_period != VCPU_PERIOD_AS_IS ? vcpu->posted_period == VCPU_PERIOD_START
                                                      : shared_read(&vcpu->task->started);
    if (starts != (period == VCPU_PERIOD_START)) {
        vcpu->posted_period = period;
        (void)ask(partition, PARTITION_ASK_VCPU);
        result = SEP_OK;
    }
    lock_give(&partition->lock);
    if (result == SEP_OK) {
        shared_fence();
        if (shared_read(&cpus[partition->cpu].current_pool) == vcpu->task->pool) {
            hal_smp_kick(partition->cpu);
        }
    }
    return result;
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

// Whether a load is under way, or will be.
static bool is_loading(const struct partition *partition)
{
    return (partition->asked & PARTITION_ASK_COLD) != 0u ||
           shared_read(&partition->load.phase) != LOAD_DONE;
}

sep_status_t partition_reset(struct partition *partition, enum sep_mode mode, uint32_t code)
{
    sep_status_t result = SEP_OK;

    if (!reset_allowed(partition, mode)) {
        return SEP_INVALID_CONFIG;
    }
    lock_take(&partition->lock);
    // An image that was never completely loaded can only be loaded.
    if (mode == SEP_MODE_WARM &&
        (is_loading(partition) || !shared_read(&partition->load.complete))) {
        result = SEP_INVALID_MODE;
    } else {
        partition->reset_count++;
        partition->reset_code = code;
        begin(partition, mode);
    }
    lock_give(&partition->lock);
    if (result == SEP_OK) {
        changed(partition);
    }
    return result;
}

sep_status_t partition_shutdown(struct partition *partition)
{
    bool nobody;

    // While it loads there is nobody to ask, and its start forgets what is pending.
    lock_take(&partition->lock);
    nobody = partition->state == SEP_STATE_HALTED || is_loading(partition);
    lock_give(&partition->lock);
    if (nobody) {
        return SEP_INVALID_MODE;
    }
    virq_raise(&partition->vcpus[0], SEP_IRQ_SHUTDOWN);
    return SEP_OK;
}

uint32_t partition_visible_state(const struct partition *partition)
{
    if (partition->state == SEP_STATE_READY && is_loading(partition)) {
        return SEP_STATE_LOADING;
    }
    return partition->state;
}
