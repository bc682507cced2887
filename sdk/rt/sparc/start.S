/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The partition's first instructions. %o0 = information block, %o1 = vCPU number, %o2 = argument of
 * sep_vcpu_start(), %sp = top of the vCPU's declared stack area, all else zero. Nothing is cleared
 * here: a cold reset did, and a warm one must keep it.
 */

        .section .text.start, "ax"
        .global _start
_start:
        sub     %sp, 96, %sp            ! where a window of the caller could be saved
        tst     %o1
        be      rt_start
         nop
        ba      rt_start_vcpu
         mov    %o1, %o0
