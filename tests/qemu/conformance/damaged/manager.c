// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sees that the damaged ones do not run, whatever is tried.

#include <check.h>

#define FILED 1u
#define IMAGED 2u

static struct sep_partition_status status_of(uint32_t partition)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(partition, &status);
    return status;
}

static void check_one(const char *name, uint32_t partition, uint32_t state, uint32_t events)
{
    struct sep_partition_status status = status_of(partition);

    CHECK(name, status.state == state && status.event_count == events);
}

int main(void)
{
    uint64_t ran;

    wait_for_frame(60);
    check_one("file: halted", FILED, SEP_STATE_HALTED, 1);
    CHECK_STATUS("no warm reset", sep_partition_reset(FILED, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    CHECK_STATUS("a cold one", sep_partition_reset(FILED, SEP_MODE_COLD, 0), SEP_OK);
    CHECK_EQUAL("loads", status_of(FILED).state, SEP_STATE_LOADING);
    idle(60);
    check_one("and finds the same", FILED, SEP_STATE_HALTED, 2);
    check_one("image: suspended", IMAGED, SEP_STATE_SUSPENDED, 1);
    CHECK_STATUS("no warm reset", sep_partition_reset(IMAGED, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    CHECK_STATUS("resume", sep_partition_resume(IMAGED), SEP_OK);
    ran = status_of(IMAGED).exec_clock;
    idle(10);
    CHECK_EQUAL("there is nothing to run", status_of(IMAGED).exec_clock, ran);
    CHECK_EQUAL("no more events", status_of(IMAGED).event_count, 1);
    CHECK_STATUS("halt", sep_partition_halt(IMAGED), SEP_OK);
    return 0;
}
