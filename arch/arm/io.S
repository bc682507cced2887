/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Single registers: an external abort comes back as false. The width is 1, 2 or 4.
 *
 *   bool hal_io_read(hal_phys_t address, uint32_t width, uint32_t *value)
 *   bool hal_io_write(hal_phys_t address, uint32_t width, uint32_t value)
 *
 * The barriers bring an abort here, not to who comes next. It overwrites ELR_EL2 and SPSR_EL2, which are
 * the partition's: they wait in x4 and x5.
 */

#include <arch/asm.h>

FUNCTION hal_io_read
        mrs     x4, elr_el2
        mrs     x5, spsr_el2
        cmp     w1, #2
        b.eq    2f
        b.hi    3f
1:      ldrb    w3, [x0]
        b       4f
2:      ldrh    w3, [x0]
        b       4f
3:      ldr     w3, [x0]
4:      dsb     sy
5:      isb
        str     w3, [x2]
        mov     w0, #1
        ret
        FIXUP   1b, io_refused
        FIXUP   2b, io_refused
        FIXUP   3b, io_refused

FUNCTION hal_io_write
        mrs     x4, elr_el2
        mrs     x5, spsr_el2
        cmp     w1, #2
        b.eq    2f
        b.hi    3f
1:      strb    w2, [x0]
        b       4f
2:      strh    w2, [x0]
        b       4f
3:      str     w2, [x0]
4:      dsb     sy
5:      isb
        mov     w0, #1
        ret
        FIXUP   1b, io_refused
        FIXUP   2b, io_refused
        FIXUP   3b, io_refused

FUNCTION io_refused
        msr     elr_el2, x4
        msr     spsr_el2, x5
        mov     w0, #0
        ret
