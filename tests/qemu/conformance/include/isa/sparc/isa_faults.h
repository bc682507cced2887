// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: one way to each fault that a partition can cause, and the trap type it has.
//
// Each isa_raise_…() stores the address of the instruction that faults in isa_fault_pc. A handler that
// lets the partition go on behind that instruction uses rt_trap_skip(), except for a jump into memory
// that cannot be executed: isa_trap_return().

#ifndef ISA_FAULTS_H
#define ISA_FAULTS_H

#include <rt/irq.h>

#define ISA_CODE_EXECUTE 0x01u
#define ISA_CODE_ILLEGAL 0x02u
#define ISA_CODE_PRIVILEGED 0x03u
#define ISA_CODE_FP_DISABLED 0x04u
#define ISA_CODE_STACK 0x05u
#define ISA_CODE_ALIGNMENT 0x07u
#define ISA_CODE_FP_ERROR 0x08u
#define ISA_CODE_ACCESS 0x09u
#define ISA_CODE_BUS 0x29u
#define ISA_CODE_NUMERIC 0x2au
#define ISA_CODE_UNEXPECTED 0xa0u

/// Faults that not every architecture has.
#define ISA_HAS_FP_ERROR 1
#define ISA_HAS_NUMERIC 1
#define ISA_HAS_STACK 1

/// A function that returns at once, as instructions.
static const uint32_t isa_return_code[] = {0x81c3e008u, 0x01000000u}; // retl; nop

/// A trap table at this address is none: nothing can be propagated.
#define ISA_NO_TRAP_TABLE 0u
/// Where the hypervisor has its memory and its devices in every space.
#define ISA_HYPERVISOR_MEMORY 0xf0000000u
#define ISA_HYPERVISOR_DEVICES 0xf1000000u
/// Alignment that a trap table needs at least.
#define ISA_TRAP_TABLE_ALIGN 4096u

static volatile uintptr_t isa_fault_pc;

// An instruction that faults, with its address stored before.
#define ISA_FAULT(instruction, ...)                                                                \
    __asm__ volatile("set 1f, %%g1\n\tst %%g1, [%0]\n1:\t" instruction                             \
                     :                                                                             \
                     : "r"(&isa_fault_pc), ##__VA_ARGS__                                           \
                     : "g1", "o0", "memory")

static inline void isa_raise_read(uintptr_t address)
{
    ISA_FAULT("ld [%1], %%o0", "r"(address));
}

static inline void isa_raise_write(uintptr_t address)
{
    ISA_FAULT("st %%g0, [%1]", "r"(address));
}

static inline void isa_raise_execute(uintptr_t address)
{
    isa_fault_pc = address;
    ((void (*)(void))address)();
}

static inline void isa_raise_alignment(uintptr_t address)
{
    ISA_FAULT("ld [%1 + 2], %%o0", "r"(address));
}

static inline void isa_raise_illegal(void)
{
    ISA_FAULT("unimp 0");
}

static inline void isa_raise_privileged(void)
{
    ISA_FAULT("rd %%psr, %%o0");
}

// fmovs %f0, %f0
static inline void isa_raise_fp_disabled(void)
{
    ISA_FAULT(".word 0x81a00020");
}

// Division of 1 by 0 while that exception is on. The unit has precise exceptions on the emulator; a
// store of its status waits for one that is not.
static inline void isa_raise_fp_error(void)
{
    static uint32_t words[3] = {0x01000000u /* DZM */, 0x3f800000u /* 1.0 */, 0};
    static uint32_t status;

    __asm__ volatile("ld [%0], %%fsr\n\tld [%0 + 4], %%f0\n\tld [%0 + 8], %%f1"
                     :
                     : "r"(words)
                     : "memory");
    ISA_FAULT("fdivs %%f0, %%f1, %%f2\n\tst %%fsr, [%1]", "r"(&status));
}

static inline void isa_raise_numeric(void)
{
    ISA_FAULT("udiv %%g1, %%g0, %%o0");
}

// More frames than the processor has windows, none with a place on the stack. Does not come back.
__attribute__((noinline, unused)) static void isa_raise_stack(void)
{
    __asm__ volatile(".rept 9\n\tsave %%g0, 16, %%sp\n\t.endr" : : : "memory");
    for (;;) {
    }
}

// ta 0x20 has no meaning.
static inline void isa_raise_unexpected(void)
{
    ISA_FAULT("ta 0x20");
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
