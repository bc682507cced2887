/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The first instructions of the hypervisor, at its address, with the MMU off; of a restart, with the
 * MMU on.
 *
 * Nothing may depend on memory being zero: there is no initialised data, and .bss is cleared. The tables
 * of the hypervisor's own translation are not part of it: a restart writes them once more as they are.
 */

#include <arch/asm.h>

#define EL2 (2 << 2)

        .section .text.entry, "ax"
        .global entry
entry:
        mrs     x0, CurrentEL
        cmp     x0, #EL2
        b.ne    entry_park
        msr     daifset, #15
        msr     spsel, #1
        isb
        mrs     x0, sctlr_el2
        tbnz    x0, #0, entry_clear
        /* Caches are off: what they hold of these tables is not to come back later. */
        adrp    x0, own_tables
        mov     x1, #OWN_TABLES_BYTES
        add     x1, x0, x1
1:      stp     xzr, xzr, [x0]
        dc      ivac, x0
        add     x0, x0, #16
        cmp     x0, x1
        b.lo    1b

entry_clear:
        adrp    x0, bss_start
        add     x0, x0, :lo12:bss_start
        adrp    x1, bss_end
        add     x1, x1, :lo12:bss_end
1:      cmp     x0, x1
        b.hs    2f
        stp     xzr, xzr, [x0], #16
        b       1b
2:      adrp    x0, arm_stack + CONFIG_STACK_SIZE
        mov     sp, x0
        bl      own_build
        mov     w19, #0

/* Every processor; w19: which. */
entry_processor:
        mov     x0, #OWN_MAIR_BYTES
        msr     mair_el2, x0
        ldr     x0, =TCR_OWN
        mrs     x1, id_aa64mmfr0_el1
        and     x1, x1, #7              /* size of physical addresses */
        orr     x0, x0, x1, lsl #TCR_PS_SHIFT
        msr     tcr_el2, x0
        ldr     x0, =VTCR_PARTITION
        orr     x0, x0, x1, lsl #TCR_PS_SHIFT
        msr     vtcr_el2, x0
        adrp    x0, own_tables
        msr     ttbr0_el2, x0
        dsb     sy
        tlbi    alle2
        tlbi    alle1
        ic      iallu
        dsb     sy
        isb
        ldr     x0, =SCTLR_OWN
        msr     sctlr_el2, x0
        isb

        mov     w0, w19
        bl      boot_processor
        adrp    x0, vectors
        add     x0, x0, :lo12:vectors
        msr     vbar_el2, x0
        ldr     x0, =HCR_PARTITION
        msr     hcr_el2, x0
        ldr     x0, =(CPTR_PARTITION | CPTR_FP)
        msr     cptr_el2, x0
        mrs     x0, mdcr_el2
        and     x0, x0, #MDCR_COUNTERS
        ldr     x1, =MDCR_PARTITION
        orr     x0, x0, x1
        msr     mdcr_el2, x0
        mov     x0, #CNTHCTL_EL1PCTEN
        msr     cnthctl_el2, x0
        msr     cntvoff_el2, xzr
        msr     hstr_el2, xzr
        mrs     x0, midr_el1
        msr     vpidr_el2, x0
        mrs     x0, id_aa64mmfr1_el1
        ubfx    x0, x0, #MMFR1_HCX_SHIFT, #4
        cbz     x0, 1f
        msr     HCRX, xzr
1:      mrs     x0, id_aa64mmfr0_el1
        ubfx    x0, x0, #MMFR0_FGT_SHIFT, #4
        cbz     x0, 1f
        msr     HFGRTR, xzr
        msr     HFGWTR, xzr
        msr     HFGITR, xzr
        msr     HDFGRTR, xzr
        msr     HDFGWTR, xzr
1:      isb
        bl      kernel_boot
        b       trap_resume

        .if     CONFIG_CPUS_MAX > 1
/* Another processor; x0: which. Its MMU is off, the tables are built. */
        .global entry_other
entry_other:
        msr     daifset, #15
        msr     spsel, #1
        isb
        mov     w19, w0
        mov     x1, #BOOT_STACK_BYTES
        adrp    x2, boot_stacks
        madd    x2, x0, x1, x2
        mov     sp, x2
        b       entry_processor

/* void hal_smp_stop(void): CPU_OFF does not return. */
FUNCTION hal_smp_stop
        ldr     w0, =PSCI_CPU_OFF
        smc     #0
1:      wfi
        b       1b
        .endif

        .section .text.entry, "ax"
/* Not the exception level to be entered in. */
entry_park:
        wfe
        b       entry_park

/* void hal_cpu_stop(uint32_t status): the status is on the console. */
FUNCTION hal_cpu_stop
        ldr     w0, =PSCI_SYSTEM_OFF
        smc     #0
1:      wfi
        b       1b

/* void hal_cpu_restart(void) */
FUNCTION hal_cpu_restart
        b       entry
