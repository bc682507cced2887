// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The interrupt controller: lines by number, as the board's description has them.

#ifndef HAL_IRQ_H
#define HAL_IRQ_H

#include <hal/types.h>

/// What hal_irq_take() answers besides a line.
enum hal_irq_special {
    HAL_IRQ_NONE = -1,    ///< nothing is pending
    HAL_IRQ_TIMER = -2,   ///< the one-shot timer fired
    HAL_IRQ_CONSOLE = -3, ///< the console can take more bytes
    HAL_IRQ_KICK = -4,    ///< another processor asks for attention
};

/// All lines off but the hypervisor's own. Mandatory, boot only, each processor.
void hal_irq_init(void);

/// Takes one pending, enabled interrupt: acknowledges it and returns its line (0 or more) or one of
/// hal_irq_special. Each interrupt is returned once. Mandatory, interrupts off. Bound: constant.
int32_t hal_irq_take(void);

/// A line belongs to a partition on a processor from now on, comes to that one and is disabled; a driver of the hypervisor that would use
/// the same line does without. Mandatory, boot only, after hal_irq_init().
void hal_irq_give(uint32_t line, uint32_t cpu);

/// Enables, disables delivery of a line to this processor. What arrives while a line is disabled
/// stays pending as the hardware keeps it. Mandatory, interrupts off, constant; line is one of the
/// board's that is not reserved.
void hal_irq_enable(uint32_t line);
void hal_irq_disable(uint32_t line);

#include <arch/irq.h>

#endif
