// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Real-time vCPUs that are busy until little of their capacities is left, and one that counts their jobs up to
// JOBS of all together.

#include "storm.h"

#include <check.h>
#include <rt/vcpu.h>

#define VCPUS 8u
#define NEIGHBOUR 1u
#define OWNER 2u ///< of the fast interrupt
// Longer than it takes to look at what is left once more and to end the job, with releases of others or a preemption meanwhile.
#define REST ((STORM != 0 ? 120 : 60) * US)

struct record {
    volatile bool counts; ///< from now on
    uint32_t before;      ///< jobs that were released before, and not finished
    sep_time_t slack;     ///< the least between a job's end and its deadline
};

static struct record records[VCPUS];

static struct sep_periodic_status job(sep_word_t partition, uint32_t vcpu)
{
    struct sep_periodic_status status = {0};

    (void)sep_periodic_status(partition, vcpu, &status);
    return status;
}

_Noreturn static void work_for_ever(uintptr_t vcpu)
{
    struct record *mine = &records[vcpu];
    struct sep_periodic_status status;

    mine->slack = UINT64_MAX;
    (void)sep_periodic_wait();
    status = job(SEP_SELF, (uint32_t)vcpu);
    mine->before = status.released - status.finished - 1u;
    mine->counts = true;
    for (;;) {
        sep_time_t slack;

        (void)sep_periodic_wait();
        do {
            storm_raise();
            status = job(SEP_SELF, (uint32_t)vcpu);
        } while (status.left > REST);
        slack = status.deadline - now(SEP_CLOCK_HW);
        mine->slack = slack < mine->slack ? slack : mine->slack;
    }
}

// What all of them have done together since each began to count.
static struct sep_periodic_status all_jobs(void)
{
    struct sep_periodic_status all = {0};

    for (uint32_t v = 1; v < VCPUS; v++) {
        if (records[v].counts) {
            struct sep_periodic_status status = job(SEP_SELF, v);

            all.released +=
                status.released - records[v].before - (status.state == SEP_PERIODIC_OPEN);
            all.finished += status.finished;
            all.overruns += status.overruns;
            all.missed += status.missed;
        }
    }
    return all;
}

static sep_time_t least_slack(void)
{
    sep_time_t least = UINT64_MAX;

    for (uint32_t v = 1; v < VCPUS; v++) {
        least = records[v].slack < least ? records[v].slack : least;
    }
    return least;
}

int main(void)
{
    struct sep_partition_status owner = {0};
    struct sep_log_status log = {0};
    struct sep_periodic_status all;

    for (uint32_t v = 1; v < VCPUS; v++) {
        (void)rt_vcpu_start(v, work_for_ever, v);
    }
    do {
        (void)sep_idle_self();
        all = all_jobs();
    } while (all.finished < JOBS && all.missed + all.overruns == 0u);
    CHECK("so many jobs", all.finished >= JOBS);
    CHECK_EQUAL("no deadline missed", all.missed, 0);
    CHECK_EQUAL("no job cut off", all.overruns, 0);
    CHECK_EQUAL("each one finished", all.released, all.finished);
    CHECK_STATUS("log", sep_hm_status(&log), SEP_OK);
    CHECK_EQUAL("no event", log.count, 0);
    CHECK("the neighbour took all it could", job(NEIGHBOUR, 1).overruns > JOBS / 16u);
    (void)sep_partition_status(OWNER, &owner);
    CHECK("interrupts came", STORM == 0 || owner.virq_count > JOBS / 16u);
    printf("%u interrupts, at least %u us before a deadline\n", (unsigned)owner.virq_count,
           (unsigned)(least_slack() / US));
    (void)sep_system_halt();
    return 1;
}
