// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Returns from its handler into the middle of an instruction: an event, not the hypervisor's trap.

#include <check.h>
#include <isa_faults.h>

static void on_fault(struct rt_trap *trap)
{
    trap->pc += 2u;
}

int main(void)
{
    rt_trap_handler(on_fault);
    wait_for_frame(40);
    printf("now\n");
    isa_raise_illegal();
    printf("FAIL went on\n");
    return 0;
}
