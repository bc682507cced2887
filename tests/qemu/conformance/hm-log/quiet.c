// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events without a line, then one with.

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
    wait_for_frame(50);
    for (unsigned i = 0; i < 5u; i++) {
        isa_raise_illegal();
    }
    isa_raise_privileged();
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("all propagated", faults, 6);
    CHECK_EQUAL("all counted", status.event_count, 6);
    return 0;
}
