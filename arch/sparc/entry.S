/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The first instructions of the hypervisor, at its physical address with the SRMMU off.
 *
 * Builds the hypervisor's own tables, switches the SRMMU on through an identity mapping of the
 * region that holds this code, and goes on at the linked addresses. A restart comes here too, so
 * nothing may depend on memory being zero: there is no initialised data, and .bss is cleared.
 */

#include <arch/asm.h>

#define PHYSICAL(symbol) (symbol) - MEMORY_OFFSET

        .section .text.entry, "ax"
        .global entry
entry:
        /* Supervisor, traps off, window 0 with window 1 invalid. */
        wr      %g0, PSR_S | PSR_PIL, %psr
        wr      %g0, 2, %wim
        WRITE_DELAY
        sta     %g0, [%g0] ASI_MMU      /* the control register: SRMMU off */

        set     PHYSICAL(bss_start), %g1
        set     PHYSICAL(bss_end), %g2
1:      add     %g1, 4, %g1
        cmp     %g1, %g2
        blu     1b
         st     %g0, [%g1 - 4]

        /* Pages: read-only up to bss_page, writable up to the end, one table of level 3. */
        set     PHYSICAL(entry_level3), %g1
        set     BOARD_RAM_START, %g2
        set     PHYSICAL(bss_page), %g3
        set     PHYSICAL(boot_end), %g4
        set     SRMMU_PAGE, %g5
2:      cmp     %g2, %g3
        blu     3f
         mov    SRMMU_TEXT, %g6
        mov     SRMMU_DATA, %g6
3:      srl     %g2, 4, %g7
        or      %g7, %g6, %g7
        st      %g7, [%g1]
        add     %g2, %g5, %g2
        cmp     %g2, %g4
        blu     2b
         add    %g1, 4, %g1

        /* Level 2, entry 0, and level 1: memory, where it lies physically, and registers. */
        set     PHYSICAL(entry_level3), %g1
        srl     %g1, 4, %g1
        or      %g1, SRMMU_PTD, %g1
        set     PHYSICAL(entry_level2), %g2
        st      %g1, [%g2]
        srl     %g2, 4, %g1
        or      %g1, SRMMU_PTD, %g1
        set     PHYSICAL(entry_level1), %g2
        st      %g1, [%g2 + (MEMORY_START >> SRMMU_L1_SHIFT) * 4]
        st      %g1, [%g2 + (BOARD_RAM_START >> SRMMU_L1_SHIFT) * 4]
        set     BOARD_IO_START >> 4 | SRMMU_IO, %g1
        st      %g1, [%g2 + (MEMORY_IO >> SRMMU_L1_SHIFT) * 4]
        /* Context 0 is the hypervisor's own. */
        srl     %g2, 4, %g1
        or      %g1, SRMMU_PTD, %g1
        set     PHYSICAL(space_contexts), %g2
        st      %g1, [%g2]

        srl     %g2, 4, %g2
        mov     SRMMU_CONTEXT_TABLE, %g1
        sta     %g2, [%g1] ASI_MMU
        mov     SRMMU_CONTEXT, %g1
        sta     %g0, [%g1] ASI_MMU
        set     CACHE_ON, %g1
        sta     %g1, [%g0] ASI_CACHE
        mov     SRMMU_FLUSH_ALL, %g1
        sta     %g0, [%g1] ASI_FLUSH
        mov     SRMMU_ENABLE, %g1
        sta     %g1, [%g0] ASI_MMU
        WRITE_DELAY
        sethi   %hi(entry_mapped), %g1
        jmp     %g1 + %lo(entry_mapped)
         sethi  %hi(entry_level1), %g1

entry_mapped:
        or      %g1, %lo(entry_level1), %g1
        st      %g0, [%g1 + (BOARD_RAM_START >> SRMMU_L1_SHIFT) * 4]
        mov     SRMMU_FLUSH_ALL, %g1
        sta     %g0, [%g1] ASI_FLUSH
        set     trap_table, %g1
        wr      %g1, %tbr
        set     cpus, %g1
        mov     1, %g2
        st      %g2, [%g1 + CPU_SAVED]
        STACK   %sp
        clr     %fp
        clr     %i7
        wr      %g0, PSR_S | PSR_PIL, %psr
        wr      %g0, PSR_S | PSR_PIL | PSR_ET, %psr
        WRITE_DELAY
        call    kernel_boot
         nop
        ba,a    trap_resume

/* The hypervisor's tables. Levels 1 and 2 are linked into every space (space.c). */
        .section .bss.tables, "aw", @nobits
        .balign SRMMU_L1_BYTES
        .global entry_level1
entry_level1:
        .skip   SRMMU_L1_BYTES
        .global entry_level2
entry_level2:
        .skip   SRMMU_L2_BYTES
        .global entry_level3
entry_level3:
        .skip   SRMMU_L3_BYTES

/* void hal_cpu_stop(uint32_t status): any trap while traps are disabled stops the processor (error
 * mode; real hardware stays there until reset). QEMU ends in order at `ta 0`, or keeps the memory for who
 * asks; at all others it aborts. The status is on the console. */
FUNCTION hal_cpu_stop
        rd      %psr, %o1
        andn    %o1, PSR_ET, %o1
        wr      %o1, %psr
        WRITE_DELAY
1:      ta      0
        ba,a    1b

/* void hal_cpu_restart(void): back to the physical addresses, through the identity mapping. */
FUNCTION hal_cpu_restart
        wr      %g0, PSR_S | PSR_PIL, %psr
        WRITE_DELAY
        set     entry_level1, %o0
        ld      [%o0 + (MEMORY_START >> SRMMU_L1_SHIFT) * 4], %o1
        st      %o1, [%o0 + (BOARD_RAM_START >> SRMMU_L1_SHIFT) * 4]
        mov     SRMMU_CONTEXT, %o0
        sta     %g0, [%o0] ASI_MMU
        mov     SRMMU_FLUSH_ALL, %o0
        sta     %g0, [%o0] ASI_FLUSH
        sethi   %hi(PHYSICAL(entry)), %o0
        jmp     %o0 + %lo(PHYSICAL(entry))
         nop
