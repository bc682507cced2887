// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Facts that assembly needs of C structures: becomes asm_offsets.h.

#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/kconfig.h>
#include <hal/trap.h>
#include <arch/boot.h>
#include <arch/vm.h>
#include <septum/arch/arm.h>
#include <septum/log.h>

#define ASM_OFFSET(name, value) __asm__ volatile("\n.ascii \"->" #name " %0\"" : : "i"(value))

_Static_assert(offsetof(struct hal_cpu, context) == 0u && offsetof(struct hal_cpu, beyond) == 8u,
               "cpus, a pair");
_Static_assert(offsetof(struct hal_context, x) == 0u, "SAVE and LOAD of trap.S");
// Pairs that trap.S moves.
#define PAIR(first, second)                                                                        \
    _Static_assert(offsetof(struct hal_context, second) ==                                         \
                       offsetof(struct hal_context, first) + 8u,                                   \
                   "pair: " #first)
PAIR(pc, pstate);
PAIR(elr, spsr);
PAIR(esr, far);
PAIR(sp_el0, sp_el1);
PAIR(vbar, sctlr);
PAIR(cpacr, ttbr0);
PAIR(ttbr1, tcr);
PAIR(mair, amair);
PAIR(contextidr, tpidr_el0);
PAIR(tpidrro_el0, tpidr_el1);
PAIR(par, afsr0);
PAIR(afsr1, csselr);
PAIR(cntkctl, cntv_ctl);
PAIR(hcr, cptr);
PAIR(fpsr, fpcr);
_Static_assert(offsetof(struct hal_context, fp) == offsetof(struct hal_context, fpcr) + 8u,
               "fpu.S");

void asm_offsets(void);

void asm_offsets(void)
{
    ASM_OFFSET(CPU_ATTENTION, offsetof(struct hal_cpu, attention));
    ASM_OFFSET(CPU_STACK, offsetof(struct hal_cpu, stack));
    ASM_OFFSET(CPU_FAULT, offsetof(struct hal_cpu, fault));
    ASM_OFFSET(CPU_TRACE, offsetof(struct hal_cpu, trace));
    ASM_OFFSET(CONTEXT_PC, offsetof(struct hal_context, pc));
    ASM_OFFSET(CONTEXT_ELR, offsetof(struct hal_context, elr));
    ASM_OFFSET(CONTEXT_ESR, offsetof(struct hal_context, esr));
    ASM_OFFSET(CONTEXT_SP, offsetof(struct hal_context, sp_el0));
    ASM_OFFSET(CONTEXT_VBAR, offsetof(struct hal_context, vbar));
    ASM_OFFSET(CONTEXT_CPACR, offsetof(struct hal_context, cpacr));
    ASM_OFFSET(CONTEXT_TTBR1, offsetof(struct hal_context, ttbr1));
    ASM_OFFSET(CONTEXT_MAIR, offsetof(struct hal_context, mair));
    ASM_OFFSET(CONTEXT_CONTEXTIDR, offsetof(struct hal_context, contextidr));
    ASM_OFFSET(CONTEXT_TPIDRRO, offsetof(struct hal_context, tpidrro_el0));
    ASM_OFFSET(CONTEXT_PAR, offsetof(struct hal_context, par));
    ASM_OFFSET(CONTEXT_AFSR1, offsetof(struct hal_context, afsr1));
    ASM_OFFSET(CONTEXT_CNTKCTL, offsetof(struct hal_context, cntkctl));
    ASM_OFFSET(CONTEXT_CNTV_CVAL, offsetof(struct hal_context, cntv_cval));
    ASM_OFFSET(CONTEXT_HCR, offsetof(struct hal_context, hcr));
    ASM_OFFSET(CONTEXT_DIRECT, offsetof(struct hal_context, direct));
    ASM_OFFSET(CONTEXT_VM, offsetof(struct hal_context, vm));
    ASM_OFFSET(CONTEXT_HYPERCALL, offsetof(struct hal_context, hypercall));
    ASM_OFFSET(CONTEXT_BEYOND, offsetof(struct hal_context, beyond));
    ASM_OFFSET(VM_LINES, VGIC_LINES);
    ASM_OFFSET(CONTEXT_VMPIDR, offsetof(struct hal_context, vmpidr));
    ASM_OFFSET(OWN_TABLES_BYTES, sizeof(struct own_tables));
    ASM_OFFSET(OWN_MAIR_BYTES, OWN_MAIR);
    ASM_OFFSET(BOOT_STACK_BYTES, sizeof(struct boot_stack));
    ASM_OFFSET(HYPERCALLS, SEP_HC_COUNT);
    ASM_OFFSET(TRACES, IS_ENABLED(CONFIG_SERVICE_TRACE));
    ASM_OFFSET(TRACE_HYPERCALLS, SEP_TRACE_HYPERCALLS);
}
