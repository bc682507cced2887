// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SPARC V8: how a partition calls the hypervisor.
//
// `ta SEP_SPARC_HYPERCALL` with the number in %g1 and the arguments in %o0 … %o4; the status comes
// back in %o0, %g1 is zero then, every other register and the condition codes are as before.

#ifndef SEPTUM_ARCH_SPARC_H
#define SEPTUM_ARCH_SPARC_H

/// Software trap number of a hypercall (trap type 0x90).
#define SEP_SPARC_HYPERCALL 0x10

/// Software trap number that returns from a virtual trap, issued in the trap's window: %l0 = virtual
/// PSR, %l1 = pc, %l2 = npc, as they were on entry. No other register is read or changed, so a
/// handler restores all of them first; virtual interrupts are enabled as the virtual PSR says.
#define SEP_SPARC_RETT 0x11

/// Trap type of virtual interrupt 0 in the partition's trap table; n has this + n. A propagated fault
/// has its hardware trap type, and finds in %l4 the SRMMU's fault status and in %l5 the address, as
/// far as there is one. The trap's window is always valid; its %o0 … %o7 are zero.
#define SEP_SPARC_IRQ_TRAP 0xe0

/// Hypercalls of SPARC alone (SEP_HC_ARCH_FIRST + n).
///
/// PSR_GET answers the virtual PSR, never negative: condition codes, PIL, S, PS and ET; its other
/// fields are zero. PSR_SET (value) sets condition codes, PIL, PS and ET; other bits are ignored.
/// Virtual interrupts are taken while PIL is 0 and ET is 1; sep_irq_disable() sets PIL to 15,
/// sep_irq_enable() sets PIL to 0 and ET. A fault that would be propagated while ET is 0 ends the
/// partition, as it would a processor.
/// FLUSH_WINDOWS stores all register windows but the current one to their places on the stack.
#define SEP_HC_SPARC_PSR_GET 64
#define SEP_HC_SPARC_PSR_SET 65
#define SEP_HC_SPARC_FLUSH_WINDOWS 66

/// Software trap number of "flush windows" in the SPARC calling convention, which compilers emit: the
/// hypervisor serves it like FLUSH_WINDOWS, with no register changed.
#define SEP_SPARC_FLUSH_WINDOWS 0x03

#ifndef __ASSEMBLER__

#include <septum/status.h>
#include <septum/types.h>

#define SEP_SPARC_CALL(...)                                                                        \
    __asm__ volatile("ta 0x10" : "+r"(g1), "+r"(o0) : __VA_ARGS__ : "memory")

static inline sep_status_t sep_call0(uint32_t number)
{
    register sep_word_t g1 __asm__("g1") = number;
    register sep_word_t o0 __asm__("o0");

    __asm__ volatile("ta 0x10" : "+r"(g1), "=r"(o0) : : "memory");
    return (sep_status_t)o0;
}

static inline sep_status_t sep_call1(uint32_t number, sep_word_t a0)
{
    register sep_word_t g1 __asm__("g1") = number;
    register sep_word_t o0 __asm__("o0") = a0;

    SEP_SPARC_CALL();
    return (sep_status_t)o0;
}

static inline sep_status_t sep_call2(uint32_t number, sep_word_t a0, sep_word_t a1)
{
    register sep_word_t g1 __asm__("g1") = number;
    register sep_word_t o0 __asm__("o0") = a0;
    register sep_word_t o1 __asm__("o1") = a1;

    SEP_SPARC_CALL("r"(o1));
    return (sep_status_t)o0;
}

static inline sep_status_t sep_call3(uint32_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2)
{
    register sep_word_t g1 __asm__("g1") = number;
    register sep_word_t o0 __asm__("o0") = a0;
    register sep_word_t o1 __asm__("o1") = a1;
    register sep_word_t o2 __asm__("o2") = a2;

    SEP_SPARC_CALL("r"(o1), "r"(o2));
    return (sep_status_t)o0;
}

static inline sep_status_t sep_call5(uint32_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2,
                                     sep_word_t a3, sep_word_t a4)
{
    register sep_word_t g1 __asm__("g1") = number;
    register sep_word_t o0 __asm__("o0") = a0;
    register sep_word_t o1 __asm__("o1") = a1;
    register sep_word_t o2 __asm__("o2") = a2;
    register sep_word_t o3 __asm__("o3") = a3;
    register sep_word_t o4 __asm__("o4") = a4;

    SEP_SPARC_CALL("r"(o1), "r"(o2), "r"(o3), "r"(o4));
    return (sep_status_t)o0;
}

#undef SEP_SPARC_CALL

#endif
#endif
