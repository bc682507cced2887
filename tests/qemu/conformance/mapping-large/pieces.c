// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sees some of the marks at other addresses.

#include "marks.h"

#include <isa_faults.h>

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static bool is_mark(const char *area, uintptr_t begins, uint32_t number)
{
    return *(volatile uint64_t *)(area_start(area) + (mark_offset(number) - begins)) ==
           mark_value(number);
}

int main(void)
{
    rt_trap_handler(on_fault);
    while (*(volatile uint64_t *)(area_start("first") + DONE) == 0u) {
        idle(1);
    }
    CHECK("first", is_mark("first", 0, 0) && is_mark("first", 0, 1) && is_mark("first", 0, 2));
    CHECK("middle",
          is_mark("middle", HUGE / 2u - 0x1000u, 3) && is_mark("middle", HUGE / 2u - 0x1000u, 4));
    CHECK("last", is_mark("last", HUGE - 0x1000u, 5));
    isa_raise_write(area_start("first"));
    isa_raise_write(area_start("last"));
    CHECK_EQUAL("only to be read", faults, 2);
    return 0;
}
