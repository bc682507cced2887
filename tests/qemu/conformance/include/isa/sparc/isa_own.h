// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: the hypercalls that only it has.

#ifndef ISA_OWN_H
#define ISA_OWN_H

#include <rt/irq.h>
#include <stdio.h>

/// Numbers of its own calls; all others of the range are unknown.
#define ISA_OWN_FIRST SEP_HC_ARCH_FIRST
#define ISA_OWN_COUNT 3u

#define ISA_PSR_ICC 0x00f00000u
#define ISA_PSR_ET 0x20u
#define ISA_PSR_S 0x80u
#define ISA_PSR_PIL 0xf00u
#define ISA_PSR_SETTABLE 0x00f00f60u

static inline uint32_t isa_psr(void)
{
    return (uint32_t)sep_call0(SEP_HC_SPARC_PSR_GET) & ~ISA_PSR_ICC;
}

// Sets the virtual PSR and reads it with no instruction in between that changes condition codes.
static inline uint32_t isa_psr_set_get(uint32_t value)
{
    register uint32_t o0 __asm__("o0") = value;

    __asm__ volatile("mov 65, %%g1\n\tta 0x10\n\tmov 64, %%g1\n\tta 0x10"
                     : "+r"(o0)
                     :
                     : "g1", "cc", "memory");
    return o0;
}

// A frame's local registers in its place on the stack, behind a flush.
#define ISA_FLUSHED(name, flush)                                                                   \
    __attribute__((noinline)) static bool name(void)                                               \
    {                                                                                              \
        uint32_t first;                                                                            \
        uint32_t last;                                                                             \
                                                                                                   \
        __asm__ volatile("save %%sp, -96, %%sp\n\t"                                                \
                         "st %%g0, [%%sp]\n\tst %%g0, [%%sp + 28]\n\t"                             \
                         "set 0x11223344, %%l0\n\tset 0x55667788, %%l7\n\t"                        \
                         "save %%sp, -96, %%sp\n\t" flush "\n\t"                                   \
                         "ld [%%fp], %%g2\n\tld [%%fp + 28], %%g3\n\t"                             \
                         "restore\n\trestore\n\tmov %%g2, %0\n\tmov %%g3, %1"                      \
                         : "=r"(first), "=r"(last)                                                 \
                         :                                                                         \
                         : "g1", "g2", "g3", "o0", "memory");                                      \
        return first == 0x11223344u && last == 0x55667788u;                                        \
    }
ISA_FLUSHED(isa_flushed_by_call, "mov 66, %%g1\n\tta 0x10")
ISA_FLUSHED(isa_flushed_by_trap, "ta 3")

static inline bool isa_own_is(const char *what, bool ok)
{
    if (!ok) {
        printf("FAIL %s\n", what);
    }
    return ok;
}

/// Whether they do what they are to do. Interrupts are off before and after.
static inline bool isa_own_calls(void)
{
    bool ok = isa_own_is("off at first", isa_psr() == (ISA_PSR_S | ISA_PSR_PIL | ISA_PSR_ET));

    (void)sep_irq_enable();
    ok = isa_own_is("on", isa_psr() == (ISA_PSR_S | ISA_PSR_ET)) && ok;
    (void)sep_irq_disable();
    ok = isa_own_is("off", isa_psr() == (ISA_PSR_S | ISA_PSR_PIL | ISA_PSR_ET)) && ok;
    ok = isa_own_is("all bits", isa_psr_set_get(0xffffffffu) == (ISA_PSR_SETTABLE | ISA_PSR_S)) &&
         ok;
    ok = isa_own_is("no bit", isa_psr_set_get(0) == ISA_PSR_S) && ok;
    for (uint32_t bit = 1; bit != 0u; bit <<= 1) {
        ok =
            isa_own_is("one bit", isa_psr_set_get(bit) == ((bit & ISA_PSR_SETTABLE) | ISA_PSR_S)) &&
            ok;
    }
    (void)isa_psr_set_get(ISA_PSR_PIL | ISA_PSR_ET);
    ok = isa_own_is("windows flushed by the call", isa_flushed_by_call()) && ok;
    return isa_own_is("windows flushed by the trap", isa_flushed_by_trap()) && ok;
}

#endif
