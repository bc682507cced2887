// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: a fault with a known value in every register, and what its record must say of them. Included by
// one file of a partition.

#ifndef ISA_RECORD_H
#define ISA_RECORD_H

#include <septum/log.h>

#include "isa_fp.h"

/// Registers of a record: pc npc psr wim y, %g1 … %g7, %o0 … %o7, %l0 … %l7, %i0 … %i7, then %fsr.
#define ISA_RECORD_REGISTERS 36u
/// What they hold: this, and their number in the record.
#define ISA_RECORD_PATTERN 0x5eed0000u

/// Fills the registers and executes no instruction, which a handler skips.
void isa_record_fault(void);
extern const char isa_record_pc[];
/// %sp, %fp and %i7 of that moment, which hold no pattern.
extern uint32_t isa_record_own[3];
uint32_t isa_record_own[3];

__asm__(".macro ISA_RECORD_FILL first, regs:vararg\n"
        "  .set isa_number, \\first\n"
        "  .irp reg, \\regs\n"
        "  set 0x5eed0000 + isa_number, %\\reg\n"
        "  .set isa_number, isa_number + 1\n"
        "  .endr\n"
        ".endm\n"
        ".section .text.isa_record_fault, \"ax\"\n"
        ".global isa_record_fault, isa_record_pc\n"
        "isa_record_fault:\n"
        "  save %sp, -120, %sp\n"
        "  std %g2, [%sp + 96]\n"
        "  std %g4, [%sp + 104]\n"
        "  std %g6, [%sp + 112]\n"
        "  set isa_record_own, %g1\n"
        "  st %sp, [%g1]\n"
        "  st %fp, [%g1 + 4]\n"
        "  st %i7, [%g1 + 8]\n"
        "  ISA_RECORD_FILL 4, g1\n"
        "  wr %g1, %g0, %y\n"
        "  ISA_RECORD_FILL 5, g1, g2, g3, g4, g5, g6, g7, o0, o1, o2, o3, o4, o5\n"
        "  ISA_RECORD_FILL 19, o7, l0, l1, l2, l3, l4, l5, l6, l7, i0, i1, i2, i3, i4, i5\n"
        "  subcc %g0, 1, %g0\n" // negative, carry
        "isa_record_pc:\n"
        "  unimp\n"
        "  ldd [%sp + 96], %g2\n"
        "  ldd [%sp + 104], %g4\n"
        "  ldd [%sp + 112], %g6\n"
        "  ret\n"
        "   restore\n"
        ".text\n");

static inline uint32_t isa_record_want(uint32_t number)
{
    switch (number) {
    case 0:
        return (uint32_t)(uintptr_t)isa_record_pc;
    case 1:
        return (uint32_t)(uintptr_t)isa_record_pc + 4u;
    case 18:
        return isa_record_own[0];
    case 34:
        return isa_record_own[1];
    case 35:
        return isa_record_own[2];
    default:
        return ISA_RECORD_PATTERN + number;
    }
}

/// How many registers of the fault's record are not what they were; fp: the partition may use the
/// floating-point unit, and called isa_fp_set().
static inline unsigned isa_record_wrong(const struct sep_hm_record *record, bool fp)
{
    const sep_word_t *got = record->registers;
    unsigned wrong = record->register_count != ISA_RECORD_REGISTERS + (fp ? 1u : 0u) ? 100u : 0u;

    for (uint32_t n = 0; n < ISA_RECORD_REGISTERS; n++) {
        if (n != 2u && n != 3u) {
            wrong += got[n] != isa_record_want(n) ? 1u : 0u;
        }
    }
    wrong += (got[2] & 0x00f00000u) != 0x00900000u ? 1u : 0u;
    // One bit of eight: the invalid window.
    wrong += got[3] == 0u || got[3] > 0x80u || (got[3] & (got[3] - 1u)) != 0u ? 1u : 0u;
    if (fp) {
        wrong += (got[ISA_RECORD_REGISTERS] & ISA_FSR_FIELDS) != ISA_FSR ? 1u : 0u;
    }
    return wrong;
}

#endif
