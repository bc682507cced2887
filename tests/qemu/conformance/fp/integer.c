// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// May not use floating point: each try is an event, whoever used the unit before.

#include <check.h>
#include <isa_faults.h>

static volatile unsigned faults;
static volatile unsigned others;

static void on_fault(struct rt_trap *trap)
{
    if (trap->code == ISA_CODE_FP_DISABLED) {
        faults++;
    } else {
        others++;
    }
    rt_trap_skip(trap);
}

int main(void)
{
    rt_trap_handler(on_fault);
    for (unsigned i = 0; i < 50u; i++) {
        isa_raise_fp_disabled();
        idle(1);
    }
    CHECK_EQUAL("each is an event", faults, 50);
    CHECK_EQUAL("and no other", others, 0);
    return 0;
}
