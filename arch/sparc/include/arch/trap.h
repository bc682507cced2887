// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Between the architecture's own files: traps of partitions.

#ifndef ARCH_TRAP_H
#define ARCH_TRAP_H

#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/trap.h>

/// The hypercalls that only SPARC has, SEP_HC_ARCH_FIRST first.
#define SPARC_HYPERCALLS 3u
extern const hal_hypercall_t sparc_hypercall_table[SPARC_HYPERCALLS];

/// A partition's trap that is no interrupt, fast hypercall or fast window trap; everything is saved
/// in its context. Called by trap.S.
void fault_trap(uint32_t tt);

/// A trap in the hypervisor. context holds its registers up to the current window. Called by trap.S.
_Noreturn void fault_panic(uint32_t tt, struct hal_context *context);

/// Makes sure that the registers of the loaded context are in memory, if context is it.
static inline void context_sync(const struct hal_context *context)
{
    if (hal_cpu_this()->saved == 0u && hal_cpu_this()->context == context) {
        __asm__ volatile("ta %0" : : "i"(TA_SAVE_CONTEXT) : "memory");
    }
}

/// Registers of a record without %fsr: pc npc psr wim y, g1 … g7, o0 … o7, l0 … l7, i0 … i7.
#define CONTEXT_REGISTERS (5u + 7u + 8u + 8u + 8u)
/// Adds %fsr, and answers how many there are then. Called by hal_context_registers(), context_move.S.
uint32_t context_registers_fp(struct hal_context *context, sep_word_t *registers);

/// Services behind software traps and window traps: false and the fault if the guest's stack or
/// registers are no good.
bool context_spill(struct hal_context *context, struct hal_fault *fault);
bool context_fill(struct hal_context *context, struct hal_fault *fault);
bool context_flush(struct hal_context *context, struct hal_fault *fault);
bool context_return(struct hal_context *context, struct hal_fault *fault);

/// Continues behind the instruction that trapped.
static inline void context_skip(struct hal_context *context)
{
    context->pc = context->npc;
    context->npc += 4u;
}

/// Gives the floating-point unit to a context. False if it may not have it (*fault, which says so,
/// stays), or if an exception of its own waited (*fault becomes that one).
bool fpu_claim(struct hal_context *context, struct hal_fault *fault);

/// Takes the floating-point unit from a context, if it has it, and answers its status.
uint32_t fpu_release(struct hal_context *context);

/// Floating-point status of the loaded context after an exception, with its queue emptied.
uint32_t fpu_exception(void);

#endif
