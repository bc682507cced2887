// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts.

#include <hal/irq.h>
#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>
#include <kernel/virq.h>

// What is pending may have become deliverable, and device lines wanted.
static void changed(struct vcpu *vcpu)
{
    virq_lines_on(vcpu);
    if ((vcpu->pending & ~vcpu->masked) != 0u) {
        hal_cpu_attention(hal_cpu_this());
    }
}

HYPERCALL(irq_enable)
{
    struct vcpu *vcpu = cpu_caller();

    hal_context_irq_switch(&vcpu->context, HAL_IRQ_ON);
    vcpu->handling = 0; // whoever takes interrupts is done with its fault
    changed(vcpu);
    return SEP_OK;
}

HYPERCALL(irq_disable)
{
    hal_context_irq_switch(&cpu_caller()->context, HAL_IRQ_OFF);
    return SEP_OK;
}

HYPERCALL(irq_mask)
{
    struct vcpu *vcpu = cpu_caller();

    if (a0 > UINT32_MAX) {
        return SEP_INVALID_PARAM;
    }
    virq_lines_off(vcpu);
    vcpu->masked |= (uint32_t)a0;
    changed(vcpu);
    return SEP_OK;
}

HYPERCALL(irq_unmask)
{
    struct vcpu *vcpu = cpu_caller();

    if (a0 > UINT32_MAX) {
        return SEP_INVALID_PARAM;
    }
    vcpu->masked &= ~(uint32_t)a0;
    changed(vcpu);
    return SEP_OK;
}

HYPERCALL(irq_clear)
{
    struct vcpu *vcpu = cpu_caller();

    if (a0 > UINT32_MAX) {
        return SEP_INVALID_PARAM;
    }
    vcpu->pending &= ~(uint32_t)a0;
    changed(vcpu);
    return SEP_OK;
}

HYPERCALL(irq_status)
{
    const struct vcpu *vcpu = cpu_caller();
    struct sep_irq_status status = {
        .enabled = hal_context_irq_enabled(&vcpu->context) ? 1u : 0u,
        .pending = vcpu->pending,
        .masked = vcpu->masked,
    };

    return guest_write(a0, &status, sizeof(status), 4);
}

HYPERCALL(irq_raise)
{
    const sep_list_ipvi *list = &cpu_caller()->partition->config->ipvis;

    if (a0 >= SEP_IPVI_COUNT) {
        return SEP_INVALID_PARAM;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct sep_cfg_ipvi *ipvi = &config.ipvi[list->first + i];

        if (ipvi->id == a0) {
            for (uint32_t n = 0; n < ipvi->targets.count; n++) {
                const struct sep_cfg_ipvi_target *target =
                    &config.ipvi_target[ipvi->targets.first + n];

                virq_raise(vcpu_at(target->vcpu.index), target->irq);
            }
            return SEP_OK;
        }
    }
    return hypercall_refused(SEP_NO_PERMISSION);
}
