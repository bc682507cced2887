// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that manages the worker.

#include <septum/septum.h>
#include <stdio.h>

#define WORKER 0u

static struct sep_partition_status worker(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(WORKER, &status);
    return status;
}

// Loading takes as many of the worker's slots as its image needs.
static void wait_for_reset(uint32_t count)
{
    while (worker().reset_count < count || worker().mode != SEP_MODE_NORMAL) {
        (void)sep_idle_self();
    }
}

int main(void)
{
    wait_for_reset(2);
    printf("the worker has reset itself twice\n");
    printf("halt: %s\n", sep_status_name(sep_partition_halt(WORKER)));
    printf("halt again: %s\n", sep_status_name(sep_partition_halt(WORKER)));
    printf("resume: %s\n", sep_status_name(sep_partition_resume(WORKER)));
    printf("cold reset: %s\n", sep_status_name(sep_partition_reset(WORKER, SEP_MODE_COLD, 33)));
    wait_for_reset(3);
    printf("warm reset: %s\n", sep_status_name(sep_partition_reset(WORKER, SEP_MODE_WARM, 44)));
    wait_for_reset(4);
    printf("the end of everything\n");
    (void)sep_system_halt();
    return 0;
}
