// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where Linux begins a program: the stack holds the number of its arguments, then their addresses.

    .section .text._start, "ax"
    .global _start
    .type _start, %function
_start:
    mov     x29, xzr
    mov     x30, xzr
    ldr     x0, [sp]
    add     x1, sp, #8
    bl      program_main
    b       .
    .size _start, . - _start
    .section .note.GNU-stack, "", %progbits
