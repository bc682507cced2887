// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A real-time vCPU: which slot of which plan it runs in, and that its releases count from the plan's first frame.

#include <check.h>

#define PERIOD (30 * MS)

int main(void)
{
    unsigned jobs[2] = {0, 0};
    unsigned wrong_slot = 0;
    unsigned wrong_release = 0;

    while (jobs[1] < 2u) {
        struct sep_plan_status plan = {0};
        struct sep_periodic_status job = {0};

        (void)sep_periodic_wait();
        (void)sep_plan_status(&plan);
        (void)sep_periodic_status(SEP_SELF, 0, &job);
        wrong_slot += plan.slot_id != (plan.current == 0u ? 5u : 7u) ? 1u : 0u;
        if (plan.current == 1u) {
            wrong_release += (job.release - plan.switch_time) % PERIOD != 0u ? 1u : 0u;
        }
        jobs[plan.current]++;
    }
    CHECK("jobs in the usual plan", jobs[0] > 3u);
    CHECK_EQUAL("each in the pool's slot", wrong_slot, 0);
    CHECK_EQUAL("released by the running plan", wrong_release, 0);
    return 0;
}
