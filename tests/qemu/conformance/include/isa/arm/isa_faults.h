// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit Armv8-A: one way to each fault that a partition can cause, and the exception class it has.
//
// Each isa_raise_…() stores the address of the instruction that faults in isa_fault_pc. A handler that
// lets the partition go on behind that instruction uses rt_trap_skip(), except for a jump into memory
// that cannot be executed: isa_trap_return().

#ifndef ISA_FAULTS_H
#define ISA_FAULTS_H

#include <rt/irq.h>

#define ISA_CODE_EXECUTE 0x20u
#define ISA_CODE_ILLEGAL 0x00u
#define ISA_CODE_PRIVILEGED 0x18u
#define ISA_CODE_FP_DISABLED 0x07u
#define ISA_CODE_STACK 0x26u
#define ISA_CODE_ALIGNMENT 0x24u
#define ISA_CODE_FP_ERROR 0x2cu
#define ISA_CODE_ACCESS 0x24u
#define ISA_CODE_BUS 0x24u
#define ISA_CODE_NUMERIC 0u
#define ISA_CODE_UNEXPECTED 0x16u

/// Faults that not every architecture has: no division traps here, floating point does on few processors,
/// and the emulator does not check the stack pointer's alignment.
#define ISA_HAS_FP_ERROR 0
#define ISA_HAS_NUMERIC 0
#define ISA_HAS_STACK 0

/// A function that returns at once, as instructions.
static const uint32_t isa_return_code[] = {0xd65f03c0u, 0xd503201fu}; // ret; nop

/// A trap table at this address is none: nothing can be propagated.
#define ISA_NO_TRAP_TABLE 0u
/// Where the hypervisor has its memory and its devices.
#define ISA_HYPERVISOR_MEMORY 0x40200000u
#define ISA_HYPERVISOR_DEVICES 0x08000000u
/// Alignment that a trap table needs at least.
#define ISA_TRAP_TABLE_ALIGN 2048u

static volatile uintptr_t isa_fault_pc;

// An instruction that faults, with its address stored before.
#define ISA_FAULT(instruction, ...)                                                                \
    __asm__ volatile("adr x9, 1f\n\tstr x9, [%0]\n1:\t" instruction                                \
                     :                                                                             \
                     : "r"(&isa_fault_pc), ##__VA_ARGS__                                           \
                     : "x9", "x10", "memory")

static inline void isa_raise_read(uintptr_t address)
{
    ISA_FAULT("ldr w10, [%1]", "r"(address));
}

static inline void isa_raise_write(uintptr_t address)
{
    ISA_FAULT("str wzr, [%1]", "r"(address));
}

static inline void isa_raise_execute(uintptr_t address)
{
    isa_fault_pc = address;
    ((void (*)(void))address)();
}

// An exclusive load needs its alignment whatever the rest is allowed.
static inline void isa_raise_alignment(uintptr_t address)
{
    ISA_FAULT("ldxr w10, [%1]", "r"(address + 2u));
}

static inline void isa_raise_illegal(void)
{
    ISA_FAULT(".inst 0");
}

static inline void isa_raise_privileged(void)
{
    ISA_FAULT("mrs x10, actlr_el1");
}

// fmov s0, s0
static inline void isa_raise_fp_disabled(void)
{
    ISA_FAULT(".inst 0x1e204000");
}

static inline void isa_raise_fp_error(void)
{
}

static inline void isa_raise_numeric(void)
{
}

// A stack pointer that is none. Does not come back.
__attribute__((noinline, unused)) static void isa_raise_stack(void)
{
    ISA_FAULT("mov x9, sp\n\tadd x9, x9, #8\n\tmov sp, x9\n\tldr x9, [sp]");
    for (;;) {
    }
}

// A call of another kind has no meaning.
static inline void isa_raise_unexpected(void)
{
    ISA_FAULT("hvc #0x20");
}

// Returns from the function whose first instruction faulted.
__attribute__((noinline, unused)) static void isa_return(void)
{
    __asm__ volatile("");
}

static inline void isa_trap_return(struct rt_trap *trap)
{
    trap->pc = (uintptr_t)isa_return;
    trap->next_pc = trap->pc + 4u;
}

#endif
