// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Rights of memory areas. Every access that they forbid is an event that the description propagates
// to the partition; its handler counts it and skips the instruction.

#include <check.h>

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static bool load_faults(uintptr_t address)
{
    unsigned before = faults;

    (void)*(volatile uint32_t *)address;
    return faults == before + 1u;
}

static bool store_faults(uintptr_t address)
{
    unsigned before = faults;

    *(volatile uint32_t *)address = 0;
    return faults == before + 1u;
}

static bool both(bool (*faults_at)(uintptr_t), const char *area, bool expected)
{
    return faults_at(area_start(area)) == expected && faults_at(area_end(area) - 4u) == expected;
}

int main(void)
{
    rt_trap_handler(on_fault);
    CHECK("rw: read", both(load_faults, "data", false));
    CHECK("rw: write", both(store_faults, "data", false));
    CHECK("r: read", both(load_faults, "constant", false));
    CHECK("r: no write", both(store_faults, "constant", true));
    CHECK("rx: read", both(load_faults, "code", false));
    CHECK("rx: no write", both(store_faults, "code", true));
    CHECK("before an area",
          load_faults(area_start("data") - 4u) && store_faults(area_start("data") - 4u));
    CHECK("behind an area", load_faults(area_end("data")) && store_faults(area_end("data")));
    CHECK("null", load_faults(0) && store_faults(0));
    CHECK("the end of the address space", load_faults((uintptr_t)0 - 4u));
    CHECK("own information block: read", !load_faults((uintptr_t)sep_info()));
    CHECK("own information block: no write", store_faults((uintptr_t)sep_info()));
    CHECK_STATUS("and still running", sep_null(), SEP_OK);
    return 0;
}
