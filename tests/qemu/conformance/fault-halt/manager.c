// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each partition caused one event and is halted by it.

#include <raise.h>

static void check_one(uint32_t partition, const struct raise *raise)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(partition, &status);
    CHECK(raise->name, status.state == SEP_STATE_HALTED && status.mode == SEP_MODE_IDLE &&
                           status.event_count == 1u && status.reset_count == 0u &&
                           status.reset_code == 0u);
}

static bool all_halted(void)
{
    struct sep_partition_status status = {0};

    for (uint32_t i = 1; i <= RAISE_COUNT; i++) {
        (void)sep_partition_status(i, &status);
        if (status.state != SEP_STATE_HALTED) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    struct sep_system_status system = {0};

    for (unsigned frame = 0; frame < 200u && !all_halted(); frame++) {
        idle(1);
    }
    idle(3); // nothing more comes
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        if (raises[i].raise != NULL) {
            check_one(i + 1u, &raises[i]);
        }
    }
    (void)sep_system_status(&system);
    CHECK_EQUAL("all events of the system", system.event_count, raise_count());
    return 0;
}
