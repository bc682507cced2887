// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events: what the configuration wants done about one, the limits of that, a record, and then it is done.

#include <kernel/assert.h>
#include <kernel/boot.h>
#include <kernel/cold.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/shared.h>
#include <kernel/trace.h>

static inline const struct sep_cfg_action *entry_of(const sep_list_action *list,
                                                    enum sep_event event)
{
    return &config.action[list->first + event];
}

const struct sep_cfg_action *event_entry(const struct partition *partition, enum sep_event event)
{
    return entry_of(partition != NULL ? &partition->config->actions : &config.system->actions,
                    event);
}

static bool is_one_of(enum sep_action action, uint32_t actions)
{
    return (SEP_ACTION_BIT(action) & actions) != 0u;
}

// Whether the health monitor may reset the partition once more, and notes that it does. No time of the
// length that the description gives, wherever it begins, holds more resets than the description allows.
static bool may_restart(struct partition *partition)
{
    const struct sep_cfg_partition *limits = partition->config;
    sep_time_t *again_at = &partition->restart_at[partition->restart_next];
    sep_time_t now = time_now(&cpu_this()->clock);

    if (limits->restarts == 0u) {
        return true;
    }
    if (!time_reached(now, *again_at)) {
        return false;
    }
    *again_at = now + limits->restart_time;
    partition->restart_next++;
    if (partition->restart_next == limits->restarts) {
        partition->restart_next = 0;
    }
    return true;
}

// The same of the hypervisor, counted from power-on: its clock begins anew with each reset.
static bool may_boot_again(void)
{
    return config.system->restarts == 0u || boot_record.event_resets < config.system->restarts;
}

// What is done instead of an action that would go on for ever; vcpu NULL: an event of the hypervisor.
// Not asked about a fault whose handler is not at work.
COLD static enum sep_action limited(struct vcpu *vcpu, enum sep_action action)
{
    const uint32_t resets =
        SEP_ACTION_BIT(SEP_ACTION_COLD_RESET) | SEP_ACTION_BIT(SEP_ACTION_WARM_RESET);

    // A fault in the handler of a fault would end in that handler again.
    if (action == SEP_ACTION_PROPAGATE) {
        return SEP_ACTION_HALT;
    }
    if (vcpu != NULL && is_one_of(action, resets) && !may_restart(vcpu->partition)) {
        return SEP_ACTION_HALT;
    }
    if (is_one_of(action, SEP_ACTIONS_HYPERVISOR) && !may_boot_again()) {
        return SEP_ACTION_HYPERVISOR_HALT;
    }
    return action;
}

static void record(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action,
                   uint32_t log)
{
    if (log != SEP_LOG_NO) {
        hm_event(vcpu, fault, action);
    }
}

// A trap that the guest cannot take either ends it: asking again could go on for ever. So does one in the handler of
// another, but of an unmodified operating system: it returns from its handlers unseen, and has the processor's own way
// to take a fault in one.
static void propagate(struct vcpu *vcpu, const struct hal_fault *fault)
{
    struct hal_fault second;

    if (hal_context_fault(&vcpu->context, fault, &second)) {
        vcpu->handling = partition_is_unmodified(vcpu->partition) ? 0u : 1u;
    } else {
        record(vcpu, &second, SEP_ACTION_HALT,
               event_entry(vcpu->partition, (enum sep_event)second.event)->log);
        (void)partition_halt(vcpu->partition);
    }
}

// A warm reset that cannot be becomes a cold one, and one that is not allowed at all a halt.
static void reset(struct partition *partition, enum sep_mode mode, enum sep_event event)
{
    if (mode == SEP_MODE_WARM && partition_reset(partition, mode, event) == SEP_OK) {
        return;
    }
    if (partition_reset(partition, SEP_MODE_COLD, event) != SEP_OK) {
        (void)partition_halt(partition);
    }
}

_Noreturn static void start_again(uint32_t mode)
{
    boot_record.event_resets++;
    boot_again(mode);
}

// Actions that concern more than one partition. The end says why.
static void act_on_all(enum sep_action action, const char *reason, uint32_t status)
{
    switch (action) {
    case SEP_ACTION_MAINTENANCE_PLAN:
        shared_write(&sched_next_plan, (uint32_t)SEP_PLAN_MAINTENANCE);
        break;
    case SEP_ACTION_HYPERVISOR_HALT:
        system_stop(reason, status);
        break;
    case SEP_ACTION_HYPERVISOR_COLD_RESET:
        start_again(SEP_MODE_COLD);
        break;
    case SEP_ACTION_HYPERVISOR_WARM_RESET:
        start_again(SEP_MODE_WARM);
        break;
    default:
        break; // ignored
    }
}

// Any action but SEP_ACTION_PROPAGATE.
COLD static void act(struct vcpu *vcpu, enum sep_event event, enum sep_action action)
{
    struct partition *partition = vcpu->partition;

    switch (action) {
    case SEP_ACTION_SUSPEND:
        (void)partition_suspend(partition);
        break;
    case SEP_ACTION_HALT:
        (void)partition_halt(partition);
        break;
    case SEP_ACTION_COLD_RESET:
        reset(partition, SEP_MODE_COLD, event);
        break;
    case SEP_ACTION_WARM_RESET:
        reset(partition, SEP_MODE_WARM, event);
        break;
    default:
        act_on_all(action, "health monitor", SYSTEM_STATUS_EVENT);
        break;
    }
}

// The time that counts is the one to a partition's own handler.
void event_raise(struct vcpu *vcpu, const struct hal_fault *fault)
{
    struct partition *partition = vcpu->partition;
    const struct sep_cfg_action *entry =
        entry_of(&partition->config->actions, (enum sep_event)fault->event);
    enum sep_action action = (enum sep_action)entry->action;

    if (action != SEP_ACTION_PROPAGATE || vcpu->handling != 0u) {
        action = limited(vcpu, action);
    }
    shared_count(&partition->event_count);
    record(vcpu, fault, action, entry->log);
    if (trace_wants(partition->trace_mask, SEP_TRACE_HM)) {
        trace_vcpu(vcpu, SEP_TRACE_EVENT_HM_EVENT, fault->event, (uint32_t)action, fault->code);
    }
    if (action == SEP_ACTION_PROPAGATE) {
        propagate(vcpu, fault);
    } else {
        act(vcpu, (enum sep_event)fault->event, action);
    }
}

void event_raise_plain(struct vcpu *vcpu, enum sep_event event, uint32_t code)
{
    struct hal_fault fault = {.event = event, .code = code};

    event_raise(vcpu, &fault);
}

COLD void event_raise_own(const struct hal_fault *fault, const char *reason, uint32_t status)
{
    const struct sep_cfg_action *entry = event_entry(NULL, (enum sep_event)fault->event);
    enum sep_action action = limited(NULL, (enum sep_action)entry->action);

    record(NULL, fault, action, entry->log);
    trace_own(cpu_this(), SEP_TRACE_HM, SEP_TRACE_EVENT_HM_EVENT, fault->event, (uint32_t)action,
              fault->code);
    act_on_all(action, reason, status);
}

void kernel_fault(const struct hal_fault *fault)
{
    struct vcpu *vcpu = cpu_caller();

    kernel_assert(vcpu != NULL);
    event_raise(vcpu, fault);
}

void kernel_trap_returned(void)
{
    struct vcpu *vcpu = cpu_caller();

    if (vcpu->handling != 0u) {
        vcpu->handling--;
    }
    if ((vcpu->pending & ~vcpu->masked) != 0u) {
        hal_cpu_attention(hal_cpu_this()); // interrupts may be on again
    }
}
