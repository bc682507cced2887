// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Armv8-A: a fault with a known value in every register, and what its record must say of them. Included by
// one file of a partition.

#ifndef ISA_RECORD_H
#define ISA_RECORD_H

#include <septum/log.h>

#include "isa_fp.h"

/// Registers of a record: pstate, SP_EL1, x0 … x30. A partition with floating point has no more.
#define ISA_RECORD_REGISTERS 33u
/// What x0 … x30 hold: this, and their number in the record.
#define ISA_RECORD_PATTERN 0x5eed0000u
/// Negative, no carry, at EL1 on its own stack.
#define ISA_RECORD_PSTATE 0x80000005u
#define ISA_RECORD_PSTATE_MASK 0xf000001fu

/// Fills the registers and executes no instruction, which a handler skips.
void isa_record_fault(void);
extern const char isa_record_pc[];
/// SP of that moment.
extern uint64_t isa_record_sp;
uint64_t isa_record_sp;

__asm__(
    ".section .text.isa_record_fault, \"ax\"\n"
    ".global isa_record_fault, isa_record_pc\n"
    "isa_record_fault:\n"
    "  stp x29, x30, [sp, #-96]!\n"
    "  stp x19, x20, [sp, #16]\n"
    "  stp x21, x22, [sp, #32]\n"
    "  stp x23, x24, [sp, #48]\n"
    "  stp x25, x26, [sp, #64]\n"
    "  stp x27, x28, [sp, #80]\n"
    "  adrp x0, isa_record_sp\n"
    "  mov x1, sp\n"
    "  str x1, [x0, :lo12:isa_record_sp]\n"
    "  .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30\n"
    "  mov x\\n, #\\n + 2\n"
    "  movk x\\n, #0x5eed, lsl #16\n"
    "  .endr\n"
    "  subs xzr, xzr, x0\n"
    "isa_record_pc:\n"
    "  udf #0\n"
    "  ldp x19, x20, [sp, #16]\n"
    "  ldp x21, x22, [sp, #32]\n"
    "  ldp x23, x24, [sp, #48]\n"
    "  ldp x25, x26, [sp, #64]\n"
    "  ldp x27, x28, [sp, #80]\n"
    "  ldp x29, x30, [sp], #96\n"
    "  ret\n"
    ".text\n");

/// How many registers of the fault's record are not what they were; fp: the partition may use floating
/// point.
static inline unsigned isa_record_wrong(const struct sep_hm_record *record, bool fp)
{
    const sep_word_t *got = record->registers;
    unsigned wrong = record->register_count != ISA_RECORD_REGISTERS ? 100u : 0u;

    (void)fp;
    wrong += record->pc != (uintptr_t)isa_record_pc ? 1u : 0u;
    wrong += (got[0] & ISA_RECORD_PSTATE_MASK) != ISA_RECORD_PSTATE ? 1u : 0u;
    wrong += got[1] != isa_record_sp ? 1u : 0u;
    for (uint32_t n = 2; n < ISA_RECORD_REGISTERS; n++) {
        wrong += got[n] != ISA_RECORD_PATTERN + n ? 1u : 0u;
    }
    return wrong;
}

#endif
