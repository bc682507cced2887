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

/// An asynchronous error while a partition ran. Called by trap.S.
void fault_serror(void);

/// An exception in the hypervisor. Called by trap.S.
_Noreturn void fault_panic(void);

/// Returns from the partition's trap entry: false, and the fault, if its saved state is no good.
bool context_return(struct hal_context *context, struct hal_fault *fault);

/// Takes back an exception that the processor has taken into the partition's vectors: false if the state
/// saved there is none that a partition can have been in.
bool context_undo(struct hal_context *context);

/// Does a partition's write to a register of its MMU that trapped. False: it was another register.
bool sysreg_written(struct hal_context *context, uint32_t esr);

/// Gives the floating-point unit to a context. False if it may not have it.
bool fpu_claim(struct hal_context *context);

#endif
