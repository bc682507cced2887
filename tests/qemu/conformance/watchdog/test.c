// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The watchdog is an event of its partition: it resets the partition here.

#include <check.h>

static unsigned starts;

int main(void)
{
    struct sep_partition_status status;
    sep_time_t begin = now(SEP_CLOCK_HW);

    starts++;
    (void)sep_partition_status(SEP_SELF, &status);
    if (starts == 1u) {
        CHECK_STATUS("armed", sep_set_timer(SEP_CLOCK_WATCHDOG, begin + 20 * MS, 0), SEP_OK);
        CHECK_STATUS("served", sep_set_timer(SEP_CLOCK_WATCHDOG, begin + 50 * MS, 0), SEP_OK);
        while (now(SEP_CLOCK_HW) < begin + 40 * MS) {
        }
        CHECK_EQUAL("no event while it is served", status.event_count, 0);
        while (now(SEP_CLOCK_HW) < begin + 100 * MS) {
        }
        CHECK("expired", false);
        return 0;
    }
    CHECK_EQUAL("expired once", starts, 2);
    CHECK_EQUAL("an event", status.event_count, 1);
    CHECK_EQUAL("whose action is done", status.reset_count, 1);
    CHECK_EQUAL("with its number", status.reset_code, SEP_EVENT_WATCHDOG);
    // A reset disarms: no second event comes.
    while (now(SEP_CLOCK_HW) < begin + 100 * MS) {
    }
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("disarmed by the reset", status.event_count, 1);
    return 0;
}
