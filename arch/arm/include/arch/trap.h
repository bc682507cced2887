// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Between the architecture's own files: traps of partitions.

#ifndef ARCH_TRAP_H
#define ARCH_TRAP_H

#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/trap.h>

/// A partition's exception that is no interrupt and no hypercall. Called by trap.S.
void fault_trap(void);

/// What a syndrome and an address say.
void fault_describe(uint64_t esr, uint64_t far, uint64_t pc, struct hal_fault *fault);

/// An asynchronous error while a partition ran. Called by trap.S.
void fault_serror(void);

/// An exception in the hypervisor; context, hal_cpu.fault of the processor, has x0 … x30, and its stack pointer as
/// that of EL1. Called by trap.S.
_Noreturn void fault_panic(struct hal_context *context);

/// Returns from the partition's trap entry: false, and the fault, if its saved state is no good.
bool context_return(struct hal_context *context, struct hal_fault *fault);

/// What trap.S does not move itself, of the context that stops being loaded, or is loaded. Called by trap.S where
/// .beyond is not 0.
void context_leave(struct hal_context *context);
void context_enter(struct hal_context *context);

/// Registers that only newer processors have: whether there are any, and to and from a context.
bool newer_has(void);
void newer_store(struct hal_context *context);
void newer_load(const struct hal_context *context);

/// Takes back an exception that the processor has taken into the partition's vectors: false if the state
/// saved there is none that a partition can have been in.
bool context_undo(struct hal_context *context);

/// Does a partition's access to a system register that trapped: a write to one of its MMU, a read of an identification
/// register. False: it was another one.
bool sysreg_done(struct hal_context *context, uint32_t esr);

/// What a partition reads of the identification register in a syndrome (vsysreg_identification()). gic: whether it has
/// the interrupt controller's registers.
uint64_t sysreg_identification(uint32_t esr, bool gic);

/// An unmodified operating system's exception that is no interrupt, and not done by vm_access(). Called by trap.S.
void vm_trap(struct hal_context *context, uint32_t esr);

/// A line was acknowledged while context ran: true, and it is the context's own, if it is for its virtual
/// interrupt controller.
bool vm_line(struct hal_context *context, uint32_t line);

/// A context goes on after an event of the hypervisor.
void vm_resumed(struct hal_context *context);

/// An unmodified operating system enables or disables its line itself; see hal_irq_enable().
void irq_hold(uint32_t line, bool hold);

/// Gives the floating-point unit to a context. False if it may not have it.
bool fpu_claim(struct hal_context *context);

#endif
