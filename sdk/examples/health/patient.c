// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads memory that it does not have. The description says what follows.

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

#define NOT_MINE ((volatile uint32_t *)0x60000000)
#define RECOVERED 1u

// A warm reset keeps it.
static unsigned starts;

// Only where the action is propagate.
static void on_fault(struct rt_trap *trap)
{
    printf("told of trap 0x%x\n", (unsigned)trap->code);
    rt_trap_skip(trap);
}

int main(void)
{
    starts++;
    printf("start %u\n", starts);
    rt_trap_handler(on_fault);
    (void)*NOT_MINE;
    printf("went on\n");
    (void)sep_hm_raise(RECOVERED, starts);
    return 0;
}
