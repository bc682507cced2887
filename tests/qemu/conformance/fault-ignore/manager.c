// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each partition causes its event all the time, and nothing else happens: neither to it nor to us.

#include <raise.h>

#define FRAMES 20u
#define SLOT (2 * MS)

static struct sep_partition_status status_of(uint32_t partition)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(partition, &status);
    return status;
}

static bool all_began(void)
{
    for (uint32_t i = 1; i <= RAISE_COUNT; i++) {
        if (raises[i - 1u].raise != NULL && status_of(i).event_count == 0u) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    struct sep_partition_status before[RAISE_COUNT];
    sep_time_t frame;
    bool exact = true;

    for (unsigned n = 0; n < 200u && !all_began(); n++) {
        idle(1);
    }
    idle(1);
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        before[i] = status_of(i + 1u);
    }
    for (uint32_t n = 0; n < FRAMES; n++) {
        struct sep_plan_status plan;

        idle(1);
        (void)sep_plan_status(&plan);
        frame = now(SEP_CLOCK_HW) - plan.frame_start;
        exact = exact && frame < 200 * US;
    }
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        struct sep_partition_status after = status_of(i + 1u);
        uint64_t ran = after.exec_clock - before[i].exec_clock;

        if (raises[i].raise == NULL) {
            continue;
        }
        CHECK(raises[i].name, after.state == SEP_STATE_READY && after.reset_count == 0u &&
                                  after.mode == SEP_MODE_COLD &&
                                  after.event_count - before[i].event_count > FRAMES * 10u &&
                                  ran > FRAMES * (SLOT - 100 * US) &&
                                  ran < FRAMES * (SLOT + 100 * US));
        (void)sep_partition_halt(i + 1u);
    }
    CHECK("own slots as long as ever", exact);
    return 0;
}
