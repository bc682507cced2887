/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Division of 64 by 32 bits. A function of its own because %y cannot be named as clobbered in the
 * compiler's inline assembly.
 */

        .section .text.rt_divide, "ax"
        .global rt_divide
rt_divide:
        wr      %o0, %g0, %y
        nop                             ! the write may take three instructions to arrive
        nop
        nop
        retl
         udiv   %o1, %o2, %o0
