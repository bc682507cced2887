// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The registers of a vCPU. struct hal_context is the architecture's, embedded by value in the
// kernel's struct vcpu.
//
// While a vCPU is loaded (hal_cpu.context points at it) part of its registers live in the processor
// and the functions below bring them into memory first where they must. Contexts are switched in
// one place only: the architecture's exit path, when kernel_resume() returns another one.

#ifndef HAL_CONTEXT_H
#define HAL_CONTEXT_H

#include <hal/trap.h>
#include <hal/types.h>

struct hal_context;
struct sep_log;

/// How a vCPU begins.
struct hal_context_setup {
    hal_guest_t entry; ///< first instruction
    /// First arguments of the entry function: information block, vCPU, start argument.
    uintptr_t arguments[3];
    /// Declared stack area, lowest address; the stack pointer starts at its top.
    hal_guest_t stack_base;
    uintptr_t stack_size; ///< bytes; 0: the partition sets up its own
    bool fp;              ///< may use the floating-point unit
    /// Trace that takes the vCPU's own events; NULL: none does. The architecture may record them itself,
    /// as hc_trace_write() does.
    struct sep_log *events;
};

/// Sets a context to its start: all registers zero but those of the setup, virtual interrupts
/// disabled, no trap table. If it is loaded on this processor, its registers there are abandoned.
/// Mandatory, interrupts off. Bound: constant.
void hal_context_init(struct hal_context *context, const struct hal_context_setup *setup);

/// Whether the guest takes virtual interrupts now. Mandatory, interrupts off, constant.
static inline bool hal_context_irq_enabled(const struct hal_context *context);

/// What becomes of the guest's switch of virtual interrupts.
enum hal_irq_switch {
    HAL_IRQ_OFF, ///< it takes none
    HAL_IRQ_ON,  ///< it takes them
    /// As it is, but one waits until the guest takes them. Where guests change that unseen, the architecture
    /// must notice, and then sets hal_cpu.attention; it may do so once too often. Where they ask the
    /// hypervisor there is nothing to do.
    HAL_IRQ_AWAITED,
    /// As it is, but its vCPU has lost the processor and nobody has it yet: what of a loaded context interrupts by
    /// itself, or ends hal_cpu_wait(), must not do so until the context goes on. Elsewhere there is nothing to do.
    HAL_IRQ_STOPPED,
};

/// Changes the guest's switch of virtual interrupts. Mandatory, interrupts off, constant.
static inline void hal_context_irq_switch(struct hal_context *context, enum hal_irq_switch to);

/// Where the guest's own trap table lies. False, and nothing changed, if base is misaligned or the
/// architecture needs none. Mandatory, interrupts off, constant.
bool hal_context_trap_table(struct hal_context *context, hal_guest_t base);

/// Makes the guest's next instruction the entry of virtual interrupt irq (0 … 31) of its own trap
/// table, as the hardware would take an interrupt: the old state is where the guest finds it, and
/// virtual interrupts are disabled. False if the guest has no trap table, or its stack cannot take
/// what must be saved: the fault is then described in *fault. The context's address space is the current
/// one. Mandatory, interrupts off. Bound: constant (register windows included).
bool hal_context_interrupt(struct hal_context *context, uint32_t irq, struct hal_fault *fault);

/// The same for a synchronous fault that is propagated to the guest.
bool hal_context_fault(struct hal_context *context, const struct hal_fault *cause,
                       struct hal_fault *fault);

/// Writes the registers of a context for a fault record, at most HAL_REGISTERS_MAX, and returns how
/// many there are. The context is a vCPU's, or the one of a hal_fault. Mandatory, interrupts off, constant.
uint32_t hal_context_registers(struct hal_context *context, sep_word_t *registers);

#include <arch/context.h>

#endif
