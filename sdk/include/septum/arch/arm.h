// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit Armv8-A: how a partition calls the hypervisor.
//
// Partitions run at EL1. `hvc #SEP_ARM_HYPERCALL` with the number in x8 and the arguments in x0 … x4; the
// status comes back in x0, every other register and the condition codes are as before.

#ifndef SEPTUM_ARCH_ARM_H
#define SEPTUM_ARCH_ARM_H

/// Immediate value of the instruction hvc that makes a hypercall.
#define SEP_ARM_HYPERCALL 1

/// Immediate value of the instruction hvc that returns from a virtual interrupt or a propagated fault: to
/// ELR_EL1 with the processor state of SPSR_EL1, as `eret` does. No other register is read or changed.
/// The hypervisor sees this return; one by `eret` it does not, and takes a further fault for one in the
/// handler of the first, which halts the partition.
#define SEP_ARM_RETURN 2

/// A partition's trap table has the processor's layout: sixteen entries of 128 bytes at a multiple of
/// 2 KiB. A virtual interrupt enters it as an IRQ, with its number in ESR_EL1. A propagated fault enters it
/// as a synchronous exception, with its syndrome in ESR_EL1 and the address, as far as there is one, in
/// FAR_EL1; of a refused hypercall the syndrome is that of an hvc whose immediate value is the status,
/// negated. Both leave the old state in ELR_EL1 and SPSR_EL1. Virtual interrupts are taken while PSTATE.I
/// is 0; sep_irq_enable() and sep_irq_disable() change that bit, and so may the partition itself.
///
/// The hypervisor's events come first, as the description says: VBAR_EL1 leads to it, not to the table. A
/// partition that writes VBAR_EL1 takes its own exceptions itself, and they are no events.
#define SEP_ARM_TRAP_TABLE_ALIGN 2048

/// Cause of a fault record: the exception class of ESR_EL2 (0 … 0x3f), of an interrupt without a trap table
/// SEP_ARM_IRQ_CODE.
#define SEP_ARM_IRQ_CODE 0x40

#ifndef __ASSEMBLER__

#include <septum/status.h>
#include <septum/types.h>

#define SEP_ARM_CALL(...) __asm__ volatile("hvc #1" : "+r"(x0) : "r"(x8), ##__VA_ARGS__ : "memory")

static inline sep_status_t sep_call0(uint32_t number)
{
    register sep_word_t x8 __asm__("x8") = number;
    register sep_word_t x0 __asm__("x0");

    __asm__ volatile("hvc #1" : "=r"(x0) : "r"(x8) : "memory");
    return (sep_status_t)x0;
}

static inline sep_status_t sep_call1(uint32_t number, sep_word_t a0)
{
    register sep_word_t x8 __asm__("x8") = number;
    register sep_word_t x0 __asm__("x0") = a0;

    SEP_ARM_CALL();
    return (sep_status_t)x0;
}

static inline sep_status_t sep_call2(uint32_t number, sep_word_t a0, sep_word_t a1)
{
    register sep_word_t x8 __asm__("x8") = number;
    register sep_word_t x0 __asm__("x0") = a0;
    register sep_word_t x1 __asm__("x1") = a1;

    SEP_ARM_CALL("r"(x1));
    return (sep_status_t)x0;
}

static inline sep_status_t sep_call3(uint32_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2)
{
    register sep_word_t x8 __asm__("x8") = number;
    register sep_word_t x0 __asm__("x0") = a0;
    register sep_word_t x1 __asm__("x1") = a1;
    register sep_word_t x2 __asm__("x2") = a2;

    SEP_ARM_CALL("r"(x1), "r"(x2));
    return (sep_status_t)x0;
}

static inline sep_status_t sep_call5(uint32_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2,
                                     sep_word_t a3, sep_word_t a4)
{
    register sep_word_t x8 __asm__("x8") = number;
    register sep_word_t x0 __asm__("x0") = a0;
    register sep_word_t x1 __asm__("x1") = a1;
    register sep_word_t x2 __asm__("x2") = a2;
    register sep_word_t x3 __asm__("x3") = a3;
    register sep_word_t x4 __asm__("x4") = a4;

    SEP_ARM_CALL("r"(x1), "r"(x2), "r"(x3), "r"(x4));
    return (sep_status_t)x0;
}

#undef SEP_ARM_CALL

#endif
#endif
