// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Lets its watchdog expire; what happens then differs by name.

#include <check.h>
#include <string.h>

static unsigned lives;

static struct sep_partition_status self(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    return status;
}

static bool is(const char *name)
{
    return strcmp(sep_info()->name, name) == 0;
}

static void wait(sep_time_t until)
{
    while (now(SEP_CLOCK_HW) < until) {
    }
}

// Four periods in one slot, the last of which while it idles, then one for all before the next slot.
static void ignored(sep_time_t begin)
{
    (void)sep_set_timer(SEP_CLOCK_WATCHDOG, begin + 700 * US, 1 * MS);
    wait(begin + 500 * US);
    CHECK_EQUAL("not yet", self().event_count, 0);
    wait(begin + 3500 * US);
    CHECK_EQUAL("three periods", self().event_count, 3);
    idle(1);
    CHECK_EQUAL("one while idle, and all that passed are one", self().event_count, 5);
    (void)sep_set_timer(SEP_CLOCK_WATCHDOG, SEP_TIME_NONE, 0);
    idle(2);
    CHECK_EQUAL("disarmed", self().event_count, 5);
    CHECK_EQUAL("no interrupt", self().virq_count, 0);
    CHECK_STATUS("already past", sep_set_timer(SEP_CLOCK_WATCHDOG, 1, 0), SEP_OK);
    CHECK_EQUAL("at once", self().event_count, 6);
    CHECK_EQUAL("and else nothing", self().reset_count, 0);
}

static void first_life(void)
{
    sep_time_t begin;

    wait_for_frame(40);
    begin = now(SEP_CLOCK_HW);
    if (is("ignores")) {
        ignored(begin);
        return;
    }
    (void)sep_set_timer(SEP_CLOCK_WATCHDOG, begin + 2 * MS, 0);
    if (is("idles")) {
        idle(2);
    } else {
        wait(begin + 40 * MS);
    }
    if (is("suspends")) {
        CHECK_EQUAL("resumed", self().event_count, 1);
        CHECK_EQUAL("without a reset", self().reset_count, 0);
        wait(now(SEP_CLOCK_HW) + 70 * MS);
        CHECK_EQUAL("expired once", self().event_count, 1);
    } else {
        printf("FAIL went on\n");
    }
}

int main(void)
{
    lives++;
    if (self().reset_count == 0u) {
        first_life();
        return 0;
    }
    CHECK_EQUAL("one reset", self().reset_count, 1);
    CHECK_EQUAL("for the watchdog", self().reset_code, SEP_EVENT_WATCHDOG);
    CHECK_EQUAL("one event", self().event_count, 1);
    CHECK_EQUAL("memory", lives, is("warm") ? 2 : 1);
    CHECK_EQUAL("mode", self().mode, is("warm") ? SEP_MODE_WARM : SEP_MODE_COLD);
    return 0;
}
