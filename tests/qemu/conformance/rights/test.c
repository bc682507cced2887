// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads, writes and executes the first and the last words of areas, itself and by hypercalls.

#include <check.h>
#include <isa_faults.h>

static unsigned faults;
static uint32_t code;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    code = trap->code;
    if (trap->code == ISA_CODE_EXECUTE) {
        isa_trap_return(trap);
    } else {
        rt_trap_skip(trap);
    }
}

static bool ok(void (*access)(uintptr_t), uintptr_t address, uint32_t cause, bool expected)
{
    faults = 0;
    code = 0;
    access(address);
    return expected ? faults == 0u : faults == 1u && code == cause;
}

// At both ends of the area.
static bool all(void (*access)(uintptr_t), const char *area, uint32_t cause, bool expected)
{
    return ok(access, area_start(area), cause, expected) &&
           ok(access, area_end(area) - sizeof(isa_return_code), cause, expected);
}

static void one(const char *area, bool write, bool execute)
{
    sep_time_t *time = (sep_time_t *)(area_start(area) + 64u);
    uint32_t want = SEP_AREA_READ | SEP_AREA_SHARED | (write ? SEP_AREA_WRITE : 0u) |
                    (execute ? SEP_AREA_EXECUTE : 0u);

    printf("%s\n", area);
    CHECK_EQUAL("flags in the information block", sep_info_area(area)->flags, want);
    CHECK("read", all(isa_raise_read, area, ISA_CODE_ACCESS, true));
    CHECK("execute", all(isa_raise_execute, area, ISA_CODE_EXECUTE, execute));
    CHECK_STATUS("read by the hypervisor", sep_console_write((const char *)time, 0), SEP_OK);
    CHECK_STATUS("write by the hypervisor", sep_get_time(SEP_CLOCK_HW, time),
                 write ? SEP_OK : SEP_INVALID_ADDRESS);
    CHECK("write", all(isa_raise_write, area, ISA_CODE_ACCESS, write));
}

int main(void)
{
    rt_trap_handler(on_fault);
    while (*(volatile uint32_t *)(area_end("page-rwx") - sizeof(isa_return_code)) !=
           isa_return_code[0]) {
        idle(1);
    }
    one("page-r", false, false);
    one("page-rw", true, false);
    one("page-rx", false, true);
    one("page-rwx", true, true);
    CHECK("information block",
          ok(isa_raise_execute, (uintptr_t)sep_info(), ISA_CODE_EXECUTE, false));
    return 0;
}
