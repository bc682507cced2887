/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The partition's first instructions. x0 = information block, x1 = vCPU number, x2 = argument of
 * sep_vcpu_start(), sp = top of the vCPU's declared stack area, all else zero. Nothing is cleared
 * here: a cold reset did, and a warm one must keep it.
 */

        .section .text.start, "ax"
        .global _start
_start:
        cbz     w1, rt_start
        mov     w0, w1
        b       rt_start_vcpu
