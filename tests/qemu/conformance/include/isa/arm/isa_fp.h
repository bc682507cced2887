// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit Armv8-A: all floating-point registers.

#ifndef ISA_FP_H
#define ISA_FP_H

#include <septum/types.h>

#define ISA_FP_REGISTERS 32u
/// Rounding towards zero.
#define ISA_FPCR 0x00c00000u
/// A division by zero has happened.
#define ISA_FPSR 0x00000002u

static uint64_t isa_fp_words[2u * ISA_FP_REGISTERS + 2u] __attribute__((aligned(16)));

// The partition is compiled without the unit.
#define ISA_FP_ALL(instruction)                                                                    \
    ".arch armv8-a+fp+simd\n\t"                                                                    \
    ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "   \
    "23, 24, 25, 26, 27, 28, 29, 30, 31\n\t" instruction "\n\t.endr\n\t"

/// Both halves of register n become made of seed + n.
static inline void isa_fp_set(uint32_t seed)
{
    for (uint32_t n = 0; n < ISA_FP_REGISTERS; n++) {
        isa_fp_words[2u * n] = seed + n;
        isa_fp_words[2u * n + 1u] = ~(uint64_t)(seed + n);
    }
    __asm__ volatile(ISA_FP_ALL("ldr q\\n, [%0, #16 * \\n]") "msr fpcr, %1\n\tmsr fpsr, %2\n\t"
                                                             ".arch armv8-a+nofp+nosimd"
                     :
                     : "r"(isa_fp_words), "r"((uint64_t)ISA_FPCR), "r"((uint64_t)ISA_FPSR)
                     : "memory");
}

static inline void isa_fp_get(void)
{
    uint64_t fpcr;
    uint64_t fpsr;

    __asm__ volatile(ISA_FP_ALL("str q\\n, [%2, #16 * \\n]") "mrs %0, fpcr\n\tmrs %1, fpsr\n\t"
                                                             ".arch armv8-a+nofp+nosimd"
                     : "=&r"(fpcr), "=&r"(fpsr)
                     : "r"(isa_fp_words)
                     : "memory");
    isa_fp_words[2u * ISA_FP_REGISTERS] = fpcr;
    isa_fp_words[2u * ISA_FP_REGISTERS + 1u] = fpsr;
}

/// How many registers are not what isa_fp_set() made them.
static inline unsigned isa_fp_differ(uint32_t seed)
{
    unsigned wrong = 0;

    isa_fp_get();
    for (uint32_t n = 0; n < ISA_FP_REGISTERS; n++) {
        wrong += isa_fp_words[2u * n] != seed + n ? 1u : 0u;
        wrong += isa_fp_words[2u * n + 1u] != ~(uint64_t)(seed + n) ? 1u : 0u;
    }
    wrong += isa_fp_words[2u * ISA_FP_REGISTERS] != ISA_FPCR ? 1u : 0u;
    return wrong + (isa_fp_words[2u * ISA_FP_REGISTERS + 1u] != ISA_FPSR ? 1u : 0u);
}

static inline unsigned isa_fp_differ_from_zero(void)
{
    unsigned wrong = 0;

    isa_fp_get();
    for (uint32_t n = 0; n < 2u * ISA_FP_REGISTERS + 2u; n++) {
        wrong += isa_fp_words[n] != 0u ? 1u : 0u;
    }
    return wrong;
}

#endif
