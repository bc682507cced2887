// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no part in the memory: not where it is, nor where the others see it.

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
    static const uint32_t offsets[] = {15u << 20, 19u << 20, 23u << 20};

    rt_trap_handler(on_fault);
    for (unsigned i = 0; i < 3u; i++) {
        isa_raise_read(area_start("ram") + offsets[i]);
    }
    CHECK_EQUAL("nowhere", faults, 3);
    CHECK("not in the information block", sep_info_area("mail") == NULL);
    for (;;) {
        idle(1);
    }
}
