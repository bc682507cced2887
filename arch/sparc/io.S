/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Single registers, past the SRMMU (ASI 0x1c): a bus error comes back as false. The width is 1, 2 or 4.
 *
 *   bool hal_io_read(hal_phys_t address, uint32_t width, uint32_t *value)
 *   bool hal_io_write(hal_phys_t address, uint32_t width, uint32_t value)
 */

#include <arch/asm.h>

FUNCTION hal_io_read
        cmp     %o1, 2
        be,a    4f
1:       lduha  [%o0] ASI_BYPASS, %o3
        bgu,a   4f
2:       lda    [%o0] ASI_BYPASS, %o3
3:      lduba   [%o0] ASI_BYPASS, %o3
4:      st      %o3, [%o2]
        retl
         mov    1, %o0
        FIXUP   1b, fault_false
        FIXUP   2b, fault_false
        FIXUP   3b, fault_false

FUNCTION hal_io_write
        cmp     %o1, 2
        be,a    4f
1:       stha   %o2, [%o0] ASI_BYPASS
        bgu,a   4f
2:       sta    %o2, [%o0] ASI_BYPASS
3:      stba    %o2, [%o0] ASI_BYPASS
4:      retl
         mov    1, %o0
        FIXUP   1b, fault_false
        FIXUP   2b, fault_false
        FIXUP   3b, fault_false
