/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Accesses to single registers (ASI 0x1c). %o0 = address, %o1 = value or where it goes.
 */

#include <arch/asm.h>

        .macro  IO_READ name, load
FUNCTION \name
1:      \load  [%o0] ASI_BYPASS, %o2
        FIXUP   1b, io_fault
        st      %o2, [%o1]
        retl
         mov    1, %o0
        .endm

        .macro  IO_WRITE name, store
FUNCTION \name
1:      \store %o1, [%o0] ASI_BYPASS
        FIXUP   1b, io_fault
        retl
         mov    1, %o0
        .endm

        IO_READ io_read8, lduba
        IO_READ io_read16, lduha
        IO_READ io_read32, lda
        IO_WRITE io_write8, stba
        IO_WRITE io_write16, stha
        IO_WRITE io_write32, sta

        .section .text.io_fault, "ax"
io_fault:
        retl
         clr    %o0
