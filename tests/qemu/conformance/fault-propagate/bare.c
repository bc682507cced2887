// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no trap table: what would be propagated halts it.

#include <raise.h>

int main(void)
{
    wait_for_frame(60);
    (void)sep_trap_table_set(ISA_NO_TRAP_TABLE);
    isa_raise_illegal();
    printf("FAIL went on\n");
    return 0;
}
