// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Access to the current partition's memory with its own rights: ASI 0x0a, user data.

#ifndef ARCH_GUEST_H
#define ARCH_GUEST_H

static inline bool hal_guest_write64(hal_guest_t to, uint64_t value)
{
    if ((to.value & 7u) != 0u) {
        return false;
    }
    // A fault at 1: continues at the label (.fixup, trap.S).
    __asm__ goto("1: stda %0, [%1] 0x0a\n"
                 "   .pushsection .fixup, \"a\"\n"
                 "   .word 1b, %l2\n"
                 "   .popsection"
                 :
                 : "r"(value), "r"(to.value)
                 : "memory"
                 : fault);
    return true;
fault:
    __asm__ volatile(""); // the result is set here, not in front of each store of a row
    return false;
}

#endif
