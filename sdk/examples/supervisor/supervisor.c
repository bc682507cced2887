// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that manages the worker, and looks at it after each step.

#include <septum/septum.h>
#include <stdio.h>

#define WORKER 1u

static struct sep_partition_status worker(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(WORKER, &status);
    return status;
}

// Says what became of a step: the worker's state, and whether it executed in the next two frames.
static void look(const char *step, sep_status_t answer)
{
    static const char *const states[] = {"halted", "ready", "suspended", "idle", "loading"};
    sep_time_t executed;
    struct sep_partition_status status;

    (void)sep_idle_self();
    executed = worker().exec_clock;
    (void)sep_idle_self();
    (void)sep_idle_self();
    status = worker();
    printf("%s: %s; it is %s and %s\n", step, sep_status_name(answer), states[status.state],
           status.exec_clock > executed ? "runs" : "stands");
}

static void wait_for_worker(void)
{
    while (worker().mode != SEP_MODE_NORMAL) {
        (void)sep_idle_self();
    }
}

static void reset(const char *step, enum sep_mode mode, uint32_t code)
{
    sep_status_t answer = sep_partition_reset(WORKER, mode, code);

    wait_for_worker();
    look(step, answer);
    printf("resets: %u, the last with code %u\n", (unsigned)worker().reset_count,
           (unsigned)worker().reset_code);
}

static void switch_plan(uint32_t next)
{
    sep_status_t answer = sep_plan_switch(next, SEP_PLAN_AT_FRAME_END);
    struct sep_plan_status plan;

    do {
        (void)sep_idle_self();
        (void)sep_plan_status(&plan);
    } while (plan.current != next);
    look("other plan", answer);
    printf("plan %u, before it %u\n", (unsigned)plan.current, (unsigned)plan.previous);
}

int main(void)
{
    wait_for_worker();
    look("suspend", sep_partition_suspend(WORKER));
    look("resume", sep_partition_resume(WORKER));
    reset("cold reset", SEP_MODE_COLD, 17);
    look("ask to shut down", sep_partition_shutdown(WORKER));
    look("resume", sep_partition_resume(WORKER));
    reset("warm reset", SEP_MODE_WARM, 18);
    switch_plan(1);
    look("halt", sep_partition_halt(WORKER));
    look("halt again", sep_partition_halt(WORKER));
    look("partition 2", sep_partition_halt(2));
    (void)sep_system_halt();
    return 0;
}
