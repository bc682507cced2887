// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events of a vCPU: asks the health monitor what is to be done and does it.

#include <kernel/assert.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/trace.h>

// A trap that the guest cannot take either ends it: asking again could go on for ever.
static void propagate(struct vcpu *vcpu, const struct hal_fault *fault)
{
    struct hal_fault second;

    if (!hal_context_fault(&vcpu->context, fault, &second)) {
        (void)hm_event(vcpu, &second); // for the record
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

void event_raise(struct vcpu *vcpu, const struct hal_fault *fault)
{
    struct partition *partition = vcpu->partition;
    enum sep_action action = hm_event(vcpu, fault);

    partition->event_count++;
    trace_partition(partition, SEP_TRACE_HM, SEP_TRACE_EVENT_HM_EVENT, fault->event,
                    (uint32_t)action, fault->code);
    switch (action) {
    case SEP_ACTION_PROPAGATE:
        propagate(vcpu, fault);
        break;
    case SEP_ACTION_SUSPEND:
        (void)partition_suspend(partition);
        break;
    case SEP_ACTION_HALT:
        (void)partition_halt(partition);
        break;
    case SEP_ACTION_COLD_RESET:
        reset(partition, SEP_MODE_COLD, fault->event);
        break;
    case SEP_ACTION_WARM_RESET:
        reset(partition, SEP_MODE_WARM, fault->event);
        break;
    case SEP_ACTION_HYPERVISOR_HALT:
        system_stop("health monitor", SYSTEM_STATUS_EVENT);
        break;
    case SEP_ACTION_IGNORE:
    default:
        break;
    }
}

void event_raise_plain(struct vcpu *vcpu, enum sep_event event, uint32_t code)
{
    struct hal_fault fault = {.event = event, .code = code};

    event_raise(vcpu, &fault);
}

void kernel_fault(const struct hal_fault *fault)
{
    struct vcpu *vcpu = cpu_caller();

    kernel_assert(vcpu != NULL);
    event_raise(vcpu, fault);
}
