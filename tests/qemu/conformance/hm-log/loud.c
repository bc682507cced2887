// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Twenty events: sixteen lines, then no more.

#include <check.h>
#include <isa_faults.h>

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

int main(void)
{
    struct sep_partition_status status = {0};

    rt_trap_handler(on_fault);
    wait_for_frame(40);
    for (unsigned i = 0; i < 20u; i++) {
        isa_raise_illegal();
    }
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("all propagated", faults, 20);
    CHECK_EQUAL("all counted", status.event_count, 20);
    return 0;
}
