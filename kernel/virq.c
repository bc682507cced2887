// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts.

#include <hal/irq.h>
#include <hal/kconfig.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/shared.h>
#include <kernel/trace.h>
#include <kernel/virq.h>

// Twice in this file, and hot: a call would cost as much.
static inline __attribute__((always_inline)) void take(struct vcpu *vcpu, uint32_t irqs)
{
    vcpu->pending |= irqs;
    if ((vcpu->pending & ~vcpu->masked) != 0u) {
        if (vcpu->state == SEP_STATE_IDLE) {
            vcpu->state = SEP_STATE_READY;
        }
        hal_cpu_attention(hal_cpu_this());
    }
}

void virq_take(struct vcpu *vcpu, uint32_t irqs)
{
    take(vcpu, irqs);
}

void virq_raise(struct vcpu *vcpu, uint32_t irq)
{
    if (partition_is_here(vcpu->partition)) {
        take(vcpu, SEP_IRQ_BIT(irq));
    } else {
        partition_post(vcpu, SEP_IRQ_BIT(irq));
    }
}

static const struct sep_cfg_interrupt *interrupts(const struct vcpu *vcpu, uint32_t *count)
{
    const sep_list_interrupt *list = &vcpu->partition->config->interrupts;

    *count = vcpu->lines != 0u ? list->count : 0u;
    return config.interrupt + list->first;
}

void virq_line(struct vcpu *vcpu, uint32_t line)
{
    uint32_t count;
    const struct sep_cfg_interrupt *interrupt = interrupts(vcpu, &count);

    for (uint32_t i = 0; i < count; i++) {
        if (interrupt[i].line == line) {
            hal_irq_disable(line);
            virq_raise(vcpu, interrupt[i].irq);
        }
    }
}

void virq_lines_on(const struct vcpu *vcpu)
{
    uint32_t count;
    const struct sep_cfg_interrupt *interrupt = interrupts(vcpu, &count);

    for (uint32_t i = 0; i < count; i++) {
        if (((vcpu->masked | vcpu->pending) & SEP_IRQ_BIT(interrupt[i].irq)) == 0u) {
            hal_irq_enable(interrupt[i].line);
        }
    }
}

void virq_lines_off(const struct vcpu *vcpu)
{
    uint32_t count;
    const struct sep_cfg_interrupt *interrupt = interrupts(vcpu, &count);

    for (uint32_t i = 0; i < count; i++) {
        hal_irq_disable(interrupt[i].line);
    }
}

void virq_lines_give(const struct vcpu *vcpu)
{
    uint32_t count;
    const struct sep_cfg_interrupt *interrupt = interrupts(vcpu, &count);

    for (uint32_t i = 0; i < count; i++) {
        hal_irq_give(interrupt[i].line, vcpu->config->cpu);
    }
}

static inline bool deliver(struct vcpu *vcpu)
{
    uint32_t ready = vcpu->pending & ~vcpu->masked;
    struct hal_fault fault;
    uint32_t irq;

    if (ready == 0u) {
        return true;
    }
    if (!hal_context_irq_enabled(&vcpu->context)) {
        hal_context_irq_switch(&vcpu->context, HAL_IRQ_AWAITED);
        return true;
    }
    irq = (uint32_t)__builtin_ctz(ready);
    vcpu->pending &= ~SEP_IRQ_BIT(irq);
    // A device stays quiet until its handler has looked at it and unmasks.
    vcpu->masked |= SEP_IRQ_BIT(irq) & VIRQ_DEVICES;
    if (!hal_context_interrupt(&vcpu->context, irq, &fault)) {
        event_raise(vcpu, &fault);
        return false;
    }
    shared_count(&vcpu->partition->virq_count);
    trace_running(cpu_this(), SEP_TRACE_INTERRUPTS, SEP_TRACE_EVENT_VIRQ, irq, 0, 0);
    if (vcpu->handling != 0u) {
        vcpu->handling++;
    }
    if ((vcpu->pending & ~vcpu->masked) != 0u) {
        hal_context_irq_switch(&vcpu->context, HAL_IRQ_AWAITED);
    }
    return true;
}

// One, then the guest takes none until it says so. An unmodified operating system has an interrupt
// controller that takes them all.
bool virq_deliver(struct vcpu *vcpu)
{
    bool done = deliver(vcpu);

    while (IS_ENABLED(CONFIG_UNMODIFIED) && done && (vcpu->pending & ~vcpu->masked) != 0u &&
           hal_context_irq_enabled(&vcpu->context)) {
        done = deliver(vcpu);
    }
    return done;
}
