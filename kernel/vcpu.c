// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A virtual processor.

#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/shared.h>
#include <kernel/trace.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>

struct vcpu *vcpus;

void vcpu_quiet(struct vcpu *vcpu)
{
    virq_lines_off(vcpu);
    vcpu->pending = 0;
    vcpu->masked = UINT32_MAX;
    vtimer_reset(vcpu);
}

void vcpu_reset(struct vcpu *vcpu, uintptr_t entry, uintptr_t argument)
{
    struct hal_context_setup setup = {
        .entry = hal_guest(entry),
        .arguments = {(uintptr_t)vcpu->partition->config->start_argument, vcpu->config->id,
                      argument},
        .stack_base = hal_guest((uintptr_t)vcpu->config->stack_base),
        .stack_size = (uintptr_t)vcpu->config->stack_size,
        .fp = (vcpu->partition->config->flags & SEP_PARTITION_FP) != 0u,
    };

    if (trace_wants(vcpu->partition->trace_mask, SEP_TRACE_PARTITION)) {
        setup.events = vcpu->partition->trace;
    }

    vcpu_quiet(vcpu);
    pool_forget(vcpu);
    vcpu->handling = 0;
    if (partition_is_unmodified(vcpu->partition)) {
        vcpu->masked = ~VIRQ_UNMODIFIED;
    }
    hal_context_init(&vcpu->context, &setup);
    if (cpu_this()->running == vcpu) {
        vtimer_schedule(cpu_this());
    }
    vcpu_set_state(vcpu, SEP_STATE_READY);
}

void vcpu_set_state(struct vcpu *vcpu, enum sep_state state)
{
    vcpu->state = state;
    hal_cpu_attention(hal_cpu_this());
}

sep_time_t vcpu_executed(const struct vcpu *vcpu)
{
    struct cpu *cpu = cpu_this();

    if (cpu->executing != vcpu) {
        return shared_read64(&vcpu->executed);
    }
    return vcpu->executed + (time_now(&cpu->clock) - cpu->since);
}
