// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each partition caused one event and is suspended by it. Resumed, it does the same again.

#include <raise.h>

static struct sep_partition_status status_of(uint32_t partition)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(partition, &status);
    return status;
}

static bool all_suspended(void)
{
    for (uint32_t i = 1; i <= RAISE_COUNT; i++) {
        if (raises[i - 1u].raise != NULL && status_of(i).state != SEP_STATE_SUSPENDED) {
            return false;
        }
    }
    return true;
}

static void check_all(uint32_t events)
{
    uint64_t ran[RAISE_COUNT];

    for (unsigned frame = 0; frame < 200u && !all_suspended(); frame++) {
        idle(1);
    }
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        ran[i] = status_of(i + 1u).exec_clock;
    }
    idle(3);
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        struct sep_partition_status status = status_of(i + 1u);

        if (raises[i].raise == NULL) {
            continue;
        }
        CHECK(raises[i].name, status.state == SEP_STATE_SUSPENDED && status.mode == SEP_MODE_COLD &&
                                  status.event_count == events && status.reset_count == 0u &&
                                  status.exec_clock == ran[i] && ran[i] != 0u);
    }
}

int main(void)
{
    check_all(1);
    printf("the same again\n");
    for (uint32_t i = 1; i <= RAISE_COUNT; i++) {
        (void)sep_partition_resume(i);
    }
    check_all(2);
    for (uint32_t i = 1; i <= RAISE_COUNT; i++) {
        (void)sep_partition_halt(i);
    }
    return 0;
}
