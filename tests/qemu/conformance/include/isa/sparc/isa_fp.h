// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: all floating-point registers.

#ifndef ISA_FP_H
#define ISA_FP_H

#include <septum/types.h>

#define ISA_FP_REGISTERS 32u
/// Rounding towards zero, and no exception on.
#define ISA_FSR 0x40000000u
/// Fields of %fsr that are a partition's: rounding, exceptions, condition, accrued and current ones.
#define ISA_FSR_FIELDS 0xcf800fffu

static uint32_t isa_fp_words[ISA_FP_REGISTERS + 2u] __attribute__((aligned(8)));

#define ISA_FP_ALL(instruction)                                                                    \
    ".irp n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30\n\t" instruction            \
    "\n\t.endr\n\t"

/// Register n becomes seed + n.
static inline void isa_fp_set(uint32_t seed)
{
    for (uint32_t n = 0; n < ISA_FP_REGISTERS; n++) {
        isa_fp_words[n] = seed + n;
    }
    isa_fp_words[ISA_FP_REGISTERS] = ISA_FSR;
    __asm__ volatile(ISA_FP_ALL("ldd [%0 + 4 * \\n], %%f\\n") "ld [%0 + 128], %%fsr"
                     :
                     : "r"(isa_fp_words)
                     : "memory");
}

static inline void isa_fp_get(void)
{
    __asm__ volatile(ISA_FP_ALL("std %%f\\n, [%0 + 4 * \\n]") "st %%fsr, [%0 + 128]"
                     :
                     : "r"(isa_fp_words)
                     : "memory");
}

/// How many registers are not what isa_fp_set() made them.
static inline unsigned isa_fp_differ(uint32_t seed)
{
    unsigned wrong = 0;

    isa_fp_get();
    for (uint32_t n = 0; n < ISA_FP_REGISTERS; n++) {
        wrong += isa_fp_words[n] != seed + n ? 1u : 0u;
    }
    return wrong + ((isa_fp_words[ISA_FP_REGISTERS] & ISA_FSR_FIELDS) != ISA_FSR ? 1u : 0u);
}

static inline unsigned isa_fp_differ_from_zero(void)
{
    unsigned wrong = 0;

    isa_fp_get();
    for (uint32_t n = 0; n < ISA_FP_REGISTERS; n++) {
        wrong += isa_fp_words[n] != 0u ? 1u : 0u;
    }
    return wrong + ((isa_fp_words[ISA_FP_REGISTERS] & ISA_FSR_FIELDS) != 0u ? 1u : 0u);
}

#endif
