// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its stack takes nothing, not even its own trap: it is halted.

#include <raise.h>

int main(void)
{
    wait_for_frame(60);
    if (ISA_HAS_STACK == 0) {
        return 0;
    }
    isa_raise_stack();
    return 0;
}
