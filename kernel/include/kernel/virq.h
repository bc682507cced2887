// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts of a vCPU: pending and mask bits, delivery, and the device lines behind them.

#ifndef KERNEL_VIRQ_H
#define KERNEL_VIRQ_H

#include <stdbool.h>
#include <stdint.h>

#include <septum/irq.h>

struct cpu;
struct vcpu;

/// Virtual interrupts that stand for device lines.
#define VIRQ_DEVICES 0xffff0000u
/// What an unmodified operating system gets of them: device lines, and inter-partition interrupts. It has
/// an interrupt controller to mask them.
#define VIRQ_UNMODIFIED (VIRQ_DEVICES | ((1u << SEP_IPVI_COUNT) - 1u) << SEP_IRQ_IPVI_FIRST)

/// Makes irq pending; wakes the vCPU if it idles and does not mask it. Of a vCPU of another processor: there,
/// when that has taken the interrupt that this sends it, or when the vCPU's turn begins.
void virq_raise(struct vcpu *vcpu, uint32_t irq);

/// The same of a set of them, on the vCPU's own processor.
void virq_take(struct vcpu *vcpu, uint32_t irqs);

/// A device line was taken while vcpu runs: its virtual interrupt becomes pending and the line
/// stays disabled until the guest unmasks it.
void virq_line(struct vcpu *vcpu, uint32_t line);

/// Enables or disables the lines of a vCPU that begins or ends to run: enabled is a line whose
/// virtual interrupt is neither masked nor pending.
void virq_lines_on(const struct vcpu *vcpu);
void virq_lines_off(const struct vcpu *vcpu);

/// The lines of a vCPU become its partition's. Boot only.
void virq_lines_give(const struct vcpu *vcpu);

/// Delivers pending, unmasked interrupts while the guest takes interrupts, the lowest first. False if that
/// failed and an event was raised instead.
bool virq_deliver(struct vcpu *vcpu);

#endif
