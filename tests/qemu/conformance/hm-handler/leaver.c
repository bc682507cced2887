// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its handler of faults returns, each time to another place than the one that faulted: each fault is a new one.

#include <check.h>
#include <isa_faults.h>
#include <stdlib.h>

#define FAULTS 12u // more than there are register windows

static volatile unsigned faults;

static void elsewhere(void)
{
    struct sep_irq_status status = {0};

    if (faults < FAULTS) {
        isa_raise_illegal();
        printf("FAIL went on\n");
    }
    (void)sep_irq_status(&status);
    CHECK_EQUAL("all propagated", faults, FAULTS);
    CHECK_EQUAL("interrupts as before", status.enabled, 1);
    exit(0);
}

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_leave(trap, elsewhere);
}

int main(void)
{
    rt_trap_handler(on_fault);
    rt_irq_on();
    isa_raise_illegal();
    printf("FAIL went on\n");
    return 0;
}
