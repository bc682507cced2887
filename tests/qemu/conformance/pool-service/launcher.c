// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Starts and stops the service next door, and looks at its jobs.

#include <check.h>

#define SERVICE 1u

static struct sep_periodic_status service(void)
{
    struct sep_periodic_status status = {0};

    (void)sep_periodic_status(SERVICE, 0, &status);
    return status;
}

static void wait_frames(uint32_t count)
{
    while (count-- != 0u) {
        (void)sep_idle_self();
    }
}

int main(void)
{
    struct sep_periodic_status status = {0};
    uint32_t released;

    CHECK_STATUS("no job of one's own", sep_periodic_wait(), SEP_INVALID_MODE);
    CHECK_STATUS("nor its status", sep_periodic_status(SEP_SELF, 0, &status), SEP_INVALID_PARAM);
    CHECK_STATUS("no such vCPU", sep_periodic_start(SERVICE, 1), SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition", sep_periodic_start(9, 0), SEP_INVALID_PARAM);
    CHECK_EQUAL("stopped at first", service().state, SEP_PERIODIC_STOPPED);
    wait_frames(3);
    CHECK_EQUAL("and not released", service().released, 0);
    CHECK_STATUS("start", sep_periodic_start(SERVICE, 0), SEP_OK);
    CHECK_STATUS("start again", sep_periodic_start(SERVICE, 0), SEP_NO_ACTION);
    while (service().finished < 5u) {
        (void)sep_idle_self();
    }
    status = service();
    CHECK_EQUAL("in phase", status.release % (20 * MS), status.next_release % (20 * MS));
    CHECK_EQUAL("a period apart", status.next_release - status.release, 20 * MS);
    CHECK_EQUAL("its deadline the period's end", status.deadline, status.next_release);
    CHECK_EQUAL("no deadline missed", status.missed, 0);
    CHECK_EQUAL("nothing cut off", status.overruns, 0);
    CHECK_STATUS("stop", sep_periodic_stop(SERVICE, 0), SEP_OK);
    CHECK_STATUS("stop again", sep_periodic_stop(SERVICE, 0), SEP_NO_ACTION);
    released = service().released;
    wait_frames(3);
    CHECK_EQUAL("released no more", service().released, released);
    CHECK_STATUS("start once more", sep_periodic_start(SERVICE, 0), SEP_OK);
    return 0;
}
