// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that only this architecture has; numbers of its range that are none.

#include <check.h>
#include <isa_own.h>

int main(void)
{
    unsigned unknown = 0;

    CHECK("its own calls", isa_own_calls());
    for (uint32_t n = ISA_OWN_COUNT; n < SEP_HC_ARCH_MAX; n++) {
        unknown += sep_call5(ISA_OWN_FIRST + n, 1, 2, 3, 4, 5) == SEP_UNKNOWN_HYPERCALL ? 1u : 0u;
    }
    CHECK_EQUAL("and no more", unknown, SEP_HC_ARCH_MAX - ISA_OWN_COUNT);
    return 0;
}
