/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The ROM loader: the processor's first instructions after reset, at address 0. Copies the pieces of
 * the table behind it (septum/rom.h) into RAM and starts the hypervisor in the state in which the
 * emulator's own loader would. Uses no memory of its own.
 */

#include <asm_offsets.h>
#include <arch/memory.h>
#include <arch/psr.h>

/* As a boot loader leaves it: a clock of 1 MHz. */
#define GPTIMER_SCALER_1MHZ (BOARD_CLOCK_HZ / 1000000 - 1)
#define APBUART_RECEIVE_TRANSMIT 3
#define APBUART_READY 4

        .section .text.reset, "ax"
        .global rom_reset
rom_reset:
        wr      %g0, PSR_S | PSR_PIL, %psr
        wr      %g0, 2, %wim
        wr      %g0, %g0, %tbr
        nop
        nop
        nop
        sta     %g0, [%g0] ASI_MMU      /* SRMMU off */
        set     CACHE_ON, %g1
        sta     %g1, [%g0] ASI_CACHE

        set     BOARD_IO_START, %l0
        set     BOARD_UART_SCALER, %g1
        st      %g1, [%l0 + BOARD_UART + 0xc]
        mov     APBUART_RECEIVE_TRANSMIT, %g1
        st      %g1, [%l0 + BOARD_UART + 0x8]
        mov     GPTIMER_SCALER_1MHZ, %g1
        st      %g1, [%l0 + BOARD_GPTIMER + 0x4]

        set     ROM_TABLE, %l1
        ld      [%l1], %g1
        set     ROM_MAGIC, %g2
        cmp     %g1, %g2
        bne     refuse
         ld     [%l1 + ROM_TABLE_COUNT], %l2
        sub     %l2, 1, %g1
        cmp     %g1, ROM_ENTRIES_MAX
        bgeu    refuse
         ld     [%l1 + ROM_TABLE_ENTRY], %l3
        add     %l1, ROM_TABLE_BYTES, %l1

/* Sizes and addresses are multiples of 8. */
entry:  ld      [%l1 + ROM_ENTRY_OFFSET], %o0
        ld      [%l1 + ROM_ENTRY_ADDRESS], %o1
        ld      [%l1 + ROM_ENTRY_FILE], %o2
        ld      [%l1 + ROM_ENTRY_MEMORY], %o3
        add     %o1, %o2, %o4           /* end of what is copied */
        add     %o1, %o3, %o5           /* end of what is cleared */
copy:   cmp     %o1, %o4
        bgeu    clear
         mov    0, %g2
        ldd     [%o0], %g2
        add     %o0, 8, %o0
        std     %g2, [%o1]
        ba      copy
         add    %o1, 8, %o1
clear:  mov     0, %g3
1:      cmp     %o1, %o5
        bgeu    next
         nop
        std     %g2, [%o1]
        ba      1b
         add    %o1, 8, %o1
next:   subcc   %l2, 1, %l2
        bne     entry
         add    %l1, ROM_ENTRY_BYTES, %l1
        jmp     %l3
         nop

/* Nothing to start: says so, and stops in error mode. */
refuse: set     message, %o0
2:      ldub    [%o0], %o1
        tst     %o1
        be      4f
         add    %o0, 1, %o0
3:      ld      [%l0 + BOARD_UART + 0x4], %g1
        andcc   %g1, APBUART_READY, %g0
        be      3b
         nop
        ba      2b
         st     %o1, [%l0 + BOARD_UART]
4:      ta      1
        ba,a    4b

message:
        .asciz  "[septum] no system behind the ROM loader\r\n"
        .balign 8
