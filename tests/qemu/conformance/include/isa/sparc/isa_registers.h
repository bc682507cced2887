// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: every register of a partition at its start, behind a hypercall, and over a long time. Included
// by one file of a partition: it brings the partition's first instructions with it.

#ifndef ISA_REGISTERS_H
#define ISA_REGISTERS_H

#include <septum/septum.h>
#include <stdio.h>

#define ISA_VCPUS 2u
/// Windows that a partition has beside the one it is in.
#define ISA_WINDOWS 6u

/// Words of a picture: %g0 … %g7, %o0 … %o7, %l0 … %l7, %i0 … %i7, %y, condition codes, then %l0 … %l7 and
/// %o0 … %o7 of each window below.
#define ISA_GLOBAL 0u
#define ISA_OUT 8u
#define ISA_LOCAL 16u
#define ISA_IN 24u
#define ISA_Y 32u
#define ISA_CONDITION 33u
#define ISA_BELOW 34u
#define ISA_WORDS (ISA_BELOW + 16u * ISA_WINDOWS)
/// As the assembly below counts.
#define ISA_STRIDE 256u
_Static_assert(ISA_WORDS <= ISA_STRIDE, "shift by 10 below");

/// What registers hold before a call: this, and their number in the picture.
#define ISA_PATTERN 0x5eed0000u

extern uint32_t isa_start_picture[ISA_VCPUS][ISA_STRIDE];
extern uint32_t isa_call_picture[ISA_STRIDE];
uint32_t isa_start_picture[ISA_VCPUS][ISA_STRIDE] __attribute__((aligned(8)));
uint32_t isa_call_picture[ISA_STRIDE] __attribute__((aligned(8)));

/// Fills all registers with the pattern, makes a hypercall with call[1] … call[5], its number in call[0],
/// and takes the picture.
void isa_call(const sep_word_t call[6]);

/// Fills the registers of all windows with values made from seed, counts down, and answers how many have
/// another value then.
uint32_t isa_hold(uint32_t seed, uint32_t count);

__asm__(".macro ISA_STORE8 name, base, offset\n"
        "  std %\\name\\()0, [\\base + \\offset]\n"
        "  std %\\name\\()2, [\\base + \\offset + 8]\n"
        "  std %\\name\\()4, [\\base + \\offset + 16]\n"
        "  std %\\name\\()6, [\\base + \\offset + 24]\n"
        ".endm\n"
        // %g1: the picture. Goes down six windows and comes back.
        ".macro ISA_STORE_BELOW\n"
        "  .set isa_offset, 4 * 34\n"
        "  .rept 6\n"
        "  save %sp, -96, %sp\n"
        "  ISA_STORE8 l, %g1, isa_offset\n"
        "  ISA_STORE8 o, %g1, (isa_offset + 32)\n"
        "  .set isa_offset, isa_offset + 64\n"
        "  .endr\n"
        "  .rept 6\n"
        "  restore\n"
        "  .endr\n"
        ".endm\n"
        ".macro ISA_FILL8 name, first\n"
        "  set 0x5eed0000 + \\first, %\\name\\()0\n"
        "  set 0x5eed0001 + \\first, %\\name\\()1\n"
        "  set 0x5eed0002 + \\first, %\\name\\()2\n"
        "  set 0x5eed0003 + \\first, %\\name\\()3\n"
        "  set 0x5eed0004 + \\first, %\\name\\()4\n"
        "  set 0x5eed0005 + \\first, %\\name\\()5\n"
        ".endm\n"

        // The runtime's start, with a picture taken first.
        ".section .text.start, \"ax\"\n"
        ".global _start\n"
        "_start:\n"
        "  st %g1, [%sp - 8]\n"
        "  st %g2, [%sp - 16]\n"
        "  set isa_start_picture, %g1\n"
        "  sll %o1, 10, %g2\n"
        "  add %g1, %g2, %g1\n"
        "  ld [%sp - 16], %g2\n"
        "  std %g2, [%g1 + 8]\n"
        "  std %g4, [%g1 + 16]\n"
        "  std %g6, [%g1 + 24]\n"
        "  ld [%sp - 8], %g2\n"
        "  st %g2, [%g1 + 4]\n"
        "  ISA_STORE8 o, %g1, 32\n"
        "  ISA_STORE8 l, %g1, 64\n"
        "  ISA_STORE8 i, %g1, 96\n"
        "  rd %y, %g2\n"
        "  st %g2, [%g1 + 128]\n"
        "  sub %sp, 96, %sp\n"
        "  ISA_STORE_BELOW\n"
        "  tst %o1\n"
        "  be rt_start\n"
        "   nop\n"
        "  ba rt_start_vcpu\n"
        "   mov %o1, %o0\n"

        ".section .text.isa_call, \"ax\"\n"
        ".global isa_call\n"
        "isa_call:\n"
        "  save %sp, -112, %sp\n"
        "  st %i0, [%sp + 96]\n"
        // Everything below.
        "  .rept 6\n"
        "  save %sp, -96, %sp\n"
        "  ISA_FILL8 l, 100\n"
        "  set 0x5eed006a, %l6\n"
        "  set 0x5eed006b, %l7\n"
        "  ISA_FILL8 o, 108\n"
        "  set 0x5eed0073, %o7\n"
        "  .endr\n"
        "  .rept 6\n"
        "  restore\n"
        "  .endr\n"
        "  ISA_FILL8 l, 16\n"
        "  set 0x5eed0016, %l6\n"
        "  set 0x5eed0017, %l7\n"
        "  ISA_FILL8 i, 24\n"
        "  ISA_FILL8 g, 0\n"
        "  set 0x5eed0006, %g6\n"
        "  set 0x5eed0007, %g7\n"
        "  set 0x5eed0020, %g1\n"
        "  wr %g1, %g0, %y\n"
        "  ld [%sp + 96], %g1\n"
        "  ld [%g1 + 4], %o0\n"
        "  ld [%g1 + 8], %o1\n"
        "  ld [%g1 + 12], %o2\n"
        "  ld [%g1 + 16], %o3\n"
        "  ld [%g1 + 20], %o4\n"
        "  set 0x5eed000d, %o5\n"
        "  set 0x5eed000f, %o7\n"
        "  ld [%g1], %g1\n"
        "  subcc %g0, 1, %g0\n" // negative, carry
        "  ta 0x10\n"
        "  st %g1, [%sp + 100]\n"
        "  st %g2, [%sp + 104]\n"
        "  set isa_call_picture, %g1\n"
        "  clr %g2\n"
        "  bneg,a 1f\n"
        "   or %g2, 8, %g2\n"
        "1: be,a 2f\n"
        "   or %g2, 4, %g2\n"
        "2: bvs,a 3f\n"
        "   or %g2, 2, %g2\n"
        "3: bcs,a 4f\n"
        "   or %g2, 1, %g2\n"
        "4: st %g2, [%g1 + 132]\n"
        "  ld [%sp + 104], %g2\n"
        "  std %g2, [%g1 + 8]\n"
        "  std %g4, [%g1 + 16]\n"
        "  std %g6, [%g1 + 24]\n"
        "  ld [%sp + 100], %g2\n"
        "  st %g2, [%g1 + 4]\n"
        "  ISA_STORE8 o, %g1, 32\n"
        "  ISA_STORE8 l, %g1, 64\n"
        "  ISA_STORE8 i, %g1, 96\n"
        "  rd %y, %g2\n"
        "  st %g2, [%g1 + 128]\n"
        "  ISA_STORE_BELOW\n"
        "  ret\n"
        "   restore\n"

        // %g2 … %g7 hold seed * 8 + n, %y too; in the n-th window %l0 … %l7 the same with n * 64.
        ".macro ISA_HOLD_FILL name\n"
        "  .irp n, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "  add %g2, isa_value, %\\name\\n\n"
        "  .set isa_value, isa_value + 1\n"
        "  .endr\n"
        ".endm\n"
        ".macro ISA_EXPECT reg\n"
        "  add %g2, isa_value, %g1\n"
        "  cmp %g1, \\reg\n"
        "  bne,a 1f\n"
        "   inc %g3\n"
        "1:\n"
        "  .set isa_value, isa_value + 1\n"
        ".endm\n"
        ".section .text.isa_hold, \"ax\"\n"
        ".global isa_hold\n"
        "isa_hold:\n"
        "  save %sp, -96, %sp\n"
        "  mov %i1, %g1\n"
        "  mov %i0, %g2\n"
        "  .set isa_value, 64\n"
        "  ISA_HOLD_FILL l\n"
        "  .rept 5\n"
        "  save %sp, -96, %sp\n"
        "  ISA_HOLD_FILL l\n"
        "  .endr\n"
        "  add %g2, 3, %g3\n"
        "  add %g2, 4, %g4\n"
        "  add %g2, 5, %g5\n"
        "  add %g2, 6, %g6\n"
        "  add %g2, 7, %g7\n"
        "  wr %g2, %g0, %y\n"
        "  add %g2, 8, %o0\n"
        "  add %g2, 9, %o1\n"
        "  add %g2, 10, %o2\n"
        "  add %g2, 11, %o3\n"
        "  add %g2, 12, %o4\n"
        "  add %g2, 13, %o5\n"
        "  add %g2, 14, %o7\n"
        "1: subcc %g1, 1, %g1\n"
        "  bne 1b\n"
        "   nop\n"
        "  sub %g3, %g2, %g3\n"
        "  sub %g3, 3, %g3\n" // zero if it was right
        "  tst %g3\n"
        "  bne,a 1f\n"
        "   mov 1, %g3\n"
        "1: .set isa_value, 4\n"
        "  ISA_EXPECT %g4\n"
        "  ISA_EXPECT %g5\n"
        "  ISA_EXPECT %g6\n"
        "  ISA_EXPECT %g7\n"
        "  .irp n, 0, 1, 2, 3, 4, 5, 7\n"
        "  ISA_EXPECT %o\\n\n"
        "  .endr\n"
        "  rd %y, %g4\n"
        "  .set isa_value, 0\n"
        "  ISA_EXPECT %g4\n"
        "  .irp w, 5, 4, 3, 2, 1, 0\n"
        "  .set isa_value, 64 + 8 * \\w\n"
        "  .irp n, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "  ISA_EXPECT %l\\n\n"
        "  .endr\n"
        "  .if \\w\n"
        "  restore\n"
        "  .endif\n"
        "  .endr\n"
        "  mov %g3, %i0\n"
        "  ret\n"
        "   restore\n"
        ".text\n");

// Whether a word in a window below may be there: nothing, what was there before, or an address of ours
// (where a trap was taken).
static inline bool isa_is_own(uint32_t word)
{
    const struct sep_info_area *ram = sep_info_area("ram");

    return word == 0u || word >> 16 == ISA_PATTERN >> 16 ||
           (word >= (uint32_t)ram->address && word <= (uint32_t)(ram->address + ram->size));
}

/// How many registers of a vCPU did not hold at its start what they must: the arguments, the top of its
/// stack, and else nothing.
static inline unsigned isa_start_wrong(uint32_t vcpu, uint32_t argument)
{
    const uint32_t *got = isa_start_picture[vcpu];
    const struct sep_info_vcpu *stack = sep_info_vcpu(vcpu);
    unsigned wrong = 0;

    for (uint32_t i = 1; i < ISA_WORDS; i++) {
        uint32_t want = 0;

        if (i == ISA_OUT) {
            want = (uint32_t)(uintptr_t)sep_info();
        } else if (i == ISA_OUT + 1u) {
            want = vcpu;
        } else if (i == ISA_OUT + 2u) {
            want = argument;
        } else if (i == ISA_OUT + 6u) {
            want = (uint32_t)(stack->stack_base + stack->stack_size);
        } else if (i >= ISA_BELOW && (i - ISA_BELOW) % 16u == 14u) {
            want = got[i]; // the stack pointer of a window that we entered
        } else if ((i == ISA_BELOW + 1u || i == ISA_BELOW + 2u) && isa_is_own(got[i])) {
            want = got[i]; // where it begins, in the window of the trap that it was begun by
        }
        if (got[i] != want) {
            printf("FAIL register %u: 0x%x\n", (unsigned)i, (unsigned)got[i]);
            wrong++;
        }
    }
    return wrong;
}

/// How many registers are not as they must be behind a hypercall: as they were, but for %o0 (status), %g1
/// (zero).
static inline unsigned isa_call_wrong(const sep_word_t call[6], sep_status_t *status)
{
    const uint32_t *got = isa_call_picture;
    unsigned wrong = 0;

    isa_call(call);
    *status = (sep_status_t)got[ISA_OUT];
    for (uint32_t i = 1; i < ISA_WORDS; i++) {
        uint32_t want = ISA_PATTERN + i;
        bool ok;

        if (i == ISA_GLOBAL + 1u) {
            want = 0;
        } else if (i > ISA_OUT && i < ISA_OUT + 5u) {
            want = call[1u + i - ISA_OUT];
        } else if (i == ISA_CONDITION) {
            want = 9;
        } else if (i == ISA_OUT || i == ISA_OUT + 6u || i == ISA_IN + 6u || i == ISA_IN + 7u) {
            want = got[i]; // status, stack, frame and return address
        }
        ok = i < ISA_BELOW ? got[i] == want : isa_is_own(got[i]);
        if (!ok) {
            printf("FAIL call %u register %u: 0x%x\n", (unsigned)call[0], (unsigned)i,
                   (unsigned)got[i]);
            wrong++;
        }
    }
    return wrong;
}

#endif
