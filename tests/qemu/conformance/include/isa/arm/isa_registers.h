// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit Armv8-A: every register of a partition at its start, behind a hypercall, and over a long time.
// Included by one file of a partition: it brings the partition's first instructions with it.

#ifndef ISA_REGISTERS_H
#define ISA_REGISTERS_H

#include <septum/septum.h>
#include <stdio.h>

#define ISA_VCPUS 2u

/// Words of a picture: x0 … x30, sp, condition flags, then registers of EL0 and EL1 that a partition
/// may keep values in.
#define ISA_SP 31u
#define ISA_FLAGS 32u
#define ISA_SYSTEM 33u
#define ISA_SYSTEM_COUNT 7u
#define ISA_WORDS (ISA_SYSTEM + ISA_SYSTEM_COUNT)
#define ISA_STRIDE 64u

/// What registers hold before a call: this, and their number in the picture.
#define ISA_PATTERN 0x5eed0000u
#define ISA_FLAGS_PATTERN 0xa0000000u

extern uint64_t isa_start_picture[ISA_VCPUS][ISA_STRIDE];
extern uint64_t isa_call_picture[ISA_STRIDE];
uint64_t isa_start_picture[ISA_VCPUS][ISA_STRIDE];
uint64_t isa_call_picture[ISA_STRIDE];

/// Fills all registers with the pattern, makes a hypercall with call[1] … call[5], its number in call[0],
/// and takes the picture.
void isa_call(const sep_word_t call[6]);

/// Fills the registers with values made from seed, counts down, and answers how many have another value
/// then.
uint32_t isa_hold(uint32_t seed, uint32_t count);

__asm__(
    ".macro ISA_SYSTEM_STORE base, scratch\n"
    "  .set isa_offset, 8 * 33\n"
    "  .irp name, tpidr_el0, tpidrro_el0, tpidr_el1, contextidr_el1, sp_el0, par_el1, "
    "cntv_cval_el0\n"
    "  mrs \\scratch, \\name\n"
    "  str \\scratch, [\\base, #isa_offset]\n"
    "  .set isa_offset, isa_offset + 8\n"
    "  .endr\n"
    ".endm\n"
    ".macro ISA_STORE base\n"
    "  .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
    "24, 25, 26, 27, 28, 29, 30\n"
    "  str x\\n, [\\base, #8 * \\n]\n"
    "  .endr\n"
    ".endm\n"
    ".macro ISA_FILL reg, value\n"
    "  mov \\reg, #0x5eed0000\n"
    "  movk \\reg, #\\value\n"
    ".endm\n"

    // The runtime's start, with a picture taken first.
    ".section .text.start, \"ax\"\n"
    ".global _start\n"
    "_start:\n"
    "  stp x0, x1, [sp, #-16]!\n"
    "  adrp x0, isa_start_picture\n"
    "  add x0, x0, :lo12:isa_start_picture\n"
    "  add x0, x0, x1, lsl #9\n"
    "  ISA_STORE x0\n"
    "  mrs x2, nzcv\n"
    "  str x2, [x0, #8 * 32]\n"
    "  add x2, sp, #16\n"
    "  str x2, [x0, #8 * 31]\n"
    "  ISA_SYSTEM_STORE x0, x2\n"
    "  mov x2, x0\n"
    "  ldp x0, x1, [sp], #16\n"
    "  stp x0, x1, [x2]\n"
    "  cbz w1, rt_start\n"
    "  mov w0, w1\n"
    "  b rt_start_vcpu\n"

    ".section .text.isa_call, \"ax\"\n"
    ".global isa_call\n"
    "isa_call:\n"
    "  stp x29, x30, [sp, #-96]!\n"
    "  stp x19, x20, [sp, #16]\n"
    "  stp x21, x22, [sp, #32]\n"
    "  stp x23, x24, [sp, #48]\n"
    "  stp x25, x26, [sp, #64]\n"
    "  stp x27, x28, [sp, #80]\n"
    "  ISA_FILL x1, 33\n"
    "  .irp name, tpidr_el0, tpidrro_el0, tpidr_el1, contextidr_el1, sp_el0, par_el1, "
    "cntv_cval_el0\n"
    "  msr \\name, x1\n"
    "  add x1, x1, #1\n"
    "  .endr\n"
    "  mov x9, x0\n"
    "  ldr x8, [x9]\n"
    "  ldp x0, x1, [x9, #8]\n"
    "  ldp x2, x3, [x9, #24]\n"
    "  ldr x4, [x9, #40]\n"
    "  mov x5, #0xa0000000\n"
    "  msr nzcv, x5\n"
    "  .irp n, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, "
    "28, 29, 30\n"
    "  ISA_FILL x\\n, \\n\n"
    "  .endr\n"
    "  hvc #1\n"
    "  stp x0, x1, [sp, #-16]!\n"
    "  adrp x0, isa_call_picture\n"
    "  add x0, x0, :lo12:isa_call_picture\n"
    "  ISA_STORE x0\n"
    "  mrs x2, nzcv\n"
    "  str x2, [x0, #8 * 32]\n"
    "  ISA_SYSTEM_STORE x0, x2\n"
    "  mov x2, x0\n"
    "  ldp x0, x1, [sp], #16\n"
    "  stp x0, x1, [x2]\n"
    "  ldp x19, x20, [sp, #16]\n"
    "  ldp x21, x22, [sp, #32]\n"
    "  ldp x23, x24, [sp, #48]\n"
    "  ldp x25, x26, [sp, #64]\n"
    "  ldp x27, x28, [sp, #80]\n"
    "  ldp x29, x30, [sp], #96\n"
    "  ret\n"

    // x2 … x30 hold the seed in both halves and their number, system registers the numbers behind.
    ".macro ISA_EXPECT reg\n"
    "  add x1, x0, #isa_value\n"
    "  cmp \\reg, x1\n"
    "  cinc w2, w2, ne\n"
    "  .set isa_value, isa_value + 1\n"
    ".endm\n"
    ".section .text.isa_hold, \"ax\"\n"
    ".global isa_hold\n"
    "isa_hold:\n"
    "  stp x29, x30, [sp, #-96]!\n"
    "  stp x19, x20, [sp, #16]\n"
    "  stp x21, x22, [sp, #32]\n"
    "  stp x23, x24, [sp, #48]\n"
    "  stp x25, x26, [sp, #64]\n"
    "  stp x27, x28, [sp, #80]\n"
    "  mov w0, w0\n"
    "  orr x0, x0, x0, lsl #32\n"
    "  mov w1, w1\n"
    "  .set isa_value, 64\n"
    "  .irp name, tpidr_el0, tpidrro_el0, tpidr_el1, sp_el0, cntv_cval_el0, afsr0_el1, far_el1\n"
    "  add x2, x0, #isa_value\n"
    "  msr \\name, x2\n"
    "  .set isa_value, isa_value + 1\n"
    "  .endr\n"
    "  .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
    "25, 26, 27, 28, 29, 30\n"
    "  add x\\n, x0, #\\n\n"
    "  .endr\n"
    // On QEMU's processor `max` alone: the virtual DISR_EL1, with what it can hold, and TPIDR2_EL0.
    "  mrs x2, midr_el1\n"
    "  ubfx x2, x2, #4, #12\n"
    "  cmp w2, #0x51\n"
    "  b.ne 2f\n"
    "  and x2, x0, #0xffffff\n"
    "  msr S3_0_C12_C1_1, x2\n"
    "  msr S3_3_C13_C0_5, x0\n"
    "2:\n"
    "  add x2, x0, #2\n"
    "1: subs x1, x1, #1\n"
    "  b.ne 1b\n"
    "  add x1, x0, #2\n"
    "  cmp x2, x1\n"
    "  cset w2, ne\n"
    "  .set isa_value, 3\n"
    "  .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
    "25, "
    "26, 27, 28, 29, 30\n"
    "  ISA_EXPECT x\\n\n"
    "  .endr\n"
    "  .set isa_value, 64\n"
    "  .irp name, tpidr_el0, tpidrro_el0, tpidr_el1, sp_el0, cntv_cval_el0\n"
    "  mrs x3, \\name\n"
    "  ISA_EXPECT x3\n"
    "  .endr\n"
    "  mrs x3, midr_el1\n"
    "  ubfx x3, x3, #4, #12\n"
    "  cmp w3, #0x51\n"
    "  b.ne 3f\n"
    "  mrs x3, S3_0_C12_C1_1\n"
    "  and x1, x0, #0xffffff\n"
    "  cmp x3, x1\n"
    "  cinc w2, w2, ne\n"
    "  mrs x3, S3_3_C13_C0_5\n"
    "  cmp x3, x0\n"
    "  cinc w2, w2, ne\n"
    "3:\n"
    "  mov w0, w2\n"
    "  ldp x19, x20, [sp, #16]\n"
    "  ldp x21, x22, [sp, #32]\n"
    "  ldp x23, x24, [sp, #48]\n"
    "  ldp x25, x26, [sp, #64]\n"
    "  ldp x27, x28, [sp, #80]\n"
    "  ldp x29, x30, [sp], #96\n"
    "  ret\n"
    ".text\n");

/// How many registers of a vCPU did not hold at its start what they must: the arguments, the top of its
/// stack, and else nothing.
static inline unsigned isa_start_wrong(uint32_t vcpu, uint32_t argument)
{
    const uint64_t *got = isa_start_picture[vcpu];
    const struct sep_info_vcpu *stack = sep_info_vcpu(vcpu);
    unsigned wrong = 0;

    for (uint32_t i = 0; i < ISA_WORDS; i++) {
        uint64_t want = 0;

        if (i == 0u) {
            want = (uintptr_t)sep_info();
        } else if (i == 1u) {
            want = vcpu;
        } else if (i == 2u) {
            want = argument;
        } else if (i == ISA_SP) {
            want = stack->stack_base + stack->stack_size;
        }
        if (got[i] != want) {
            printf("FAIL register %u: 0x%llx\n", (unsigned)i, (unsigned long long)got[i]);
            wrong++;
        }
    }
    return wrong;
}

/// How many registers are not as they must be behind a hypercall: as they were, but for x0 (status).
static inline unsigned isa_call_wrong(const sep_word_t call[6], sep_status_t *status)
{
    const uint64_t *got = isa_call_picture;
    unsigned wrong = 0;

    isa_call(call);
    *status = (sep_status_t)got[0];
    for (uint32_t i = 1; i < ISA_WORDS; i++) {
        uint64_t want = ISA_PATTERN + i;

        if (i <= 4u) {
            want = call[1u + i];
        } else if (i == 8u) {
            want = call[0];
        } else if (i == ISA_FLAGS) {
            want = ISA_FLAGS_PATTERN;
        }
        if (i != ISA_SP && got[i] != want) {
            printf("FAIL call %u register %u: 0x%llx\n", (unsigned)call[0], (unsigned)i,
                   (unsigned long long)got[i]);
            wrong++;
        }
    }
    // A status, and nothing in the register's other half.
    if (got[0] != (uint64_t)(int64_t)*status) {
        printf("FAIL call %u status 0x%llx\n", (unsigned)call[0], (unsigned long long)got[0]);
        wrong++;
    }
    return wrong;
}

#endif
