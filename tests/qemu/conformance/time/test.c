// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The null call, clocks, and numbers that no call has.

#include <check.h>

static void clocks(void)
{
    sep_time_t hw = now(SEP_CLOCK_HW);
    sep_time_t exec = now(SEP_CLOCK_EXEC);
    bool forward = true;

    for (int i = 0; i < 1000; i++) {
        sep_time_t next = now(SEP_CLOCK_HW);

        forward = forward && next > hw;
        hw = next;
    }
    CHECK("hardware clock never goes back", forward);
    CHECK("execution clock advances", now(SEP_CLOCK_EXEC) > exec);
    CHECK("execution clock is not ahead", now(SEP_CLOCK_EXEC) <= now(SEP_CLOCK_HW));
}

// A partition with 4 ms of every 10 ms that never idles runs 4 ms in each frame.
static void execution_is_the_slot(void)
{
    struct sep_plan_status plan;
    uint32_t frame;
    sep_time_t exec;
    sep_time_t ran;

    (void)sep_plan_status(&plan);
    for (frame = plan.frame_count; plan.frame_count == frame;) {
        (void)sep_plan_status(&plan);
    }
    exec = now(SEP_CLOCK_EXEC);
    for (frame = plan.frame_count; plan.frame_count < frame + 5u;) {
        (void)sep_plan_status(&plan);
    }
    ran = now(SEP_CLOCK_EXEC) - exec;
    if (!CHECK("five slots are 20 ms", ran > 20 * MS - 200 * US && ran < 20 * MS + 200 * US)) {
        printf("%llu ns\n", (unsigned long long)ran);
    }
}

static void idle_time_is_not_executed(void)
{
    sep_time_t hw = now(SEP_CLOCK_HW);
    sep_time_t exec = now(SEP_CLOCK_EXEC);

    idle(3);
    exec = now(SEP_CLOCK_EXEC) - exec;
    hw = now(SEP_CLOCK_HW) - hw;
    CHECK("three frames passed", hw > 20 * MS && hw <= 31 * MS);
    CHECK("idle time is not executed", exec < 1 * MS);
}

static void refusals(void)
{
    sep_time_t time = 7;
    char *odd = (char *)&time + 4;

    CHECK_STATUS("watchdog cannot be read", sep_get_time(SEP_CLOCK_WATCHDOG, &time),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("no such clock", sep_get_time((enum sep_clock)99, &time), SEP_INVALID_PARAM);
    CHECK_EQUAL("nothing written", time, 7);
    CHECK_STATUS("misaligned", sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(void *)odd),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("null pointer", sep_get_time(SEP_CLOCK_HW, NULL), SEP_INVALID_ADDRESS);
    CHECK_STATUS("read-only memory",
                 sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(uintptr_t)sep_info()),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("another's memory",
                 sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(area_start("ram") + 0x100000u)),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("behind the area", sep_get_time(SEP_CLOCK_HW, (sep_time_t *)area_end("ram")),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("end of the address space",
                 sep_get_time(SEP_CLOCK_HW, (sep_time_t *)((uintptr_t)0 - 8u)),
                 SEP_INVALID_ADDRESS);
}

static void unknown(void)
{
    static const uint32_t numbers[] = {SEP_HC_COUNT,
                                       SEP_HC_ARCH_FIRST - 1u,
                                       SEP_HC_ARCH_FIRST + SEP_HC_ARCH_MAX,
                                       1000,
                                       0x7fffffff,
                                       0x80000000,
                                       0xffffffff};
    bool all = true;

    for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        all = all && sep_call5(numbers[i], 1, 2, 3, 4, 5) == SEP_UNKNOWN_HYPERCALL;
    }
    CHECK("numbers that no call has", all);
}

int main(void)
{
    CHECK_STATUS("null", sep_null(), SEP_OK);
    unknown();
    clocks();
    refusals();
    execution_is_the_slot();
    idle_time_is_not_executed();
    return 0;
}
