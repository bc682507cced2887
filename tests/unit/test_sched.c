// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plans, slots, gaps, plan switches and their phase.

#include "system.h"

static void two(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
}

/// Shows REQ-SCHED-001, REQ-SCHED-002
static void slots_and_gaps(void **state)
{
    (void)state;
    two();
    system_frame(0, 10 * MS);
    system_slot(0, 1 * MS, 2 * MS, 0, 0);
    system_slot(0, 3 * MS, 1 * MS, 1, 0);
    system_slot(0, 6 * MS, 4 * MS, 0, 0);
    system_boot();
    assert_int_equal(running_id(), -1);
    for (uint64_t frame = 0; frame < 5; frame++) {
        uint64_t t = frame * 10 * MS;

        run_until(t + 1 * MS - US);
        assert_int_equal(running_id(), -1);
        run_until(t + 1 * MS + US);
        assert_int_equal(running_id(), 0);
        run_until(t + 3 * MS - US);
        assert_int_equal(running_id(), 0);
        run_until(t + 3 * MS + US);
        assert_int_equal(running_id(), 16);
        run_until(t + 4 * MS + US);
        assert_int_equal(running_id(), -1);
        run_until(t + 6 * MS + US);
        assert_int_equal(running_id(), 0);
        run_until(t + 10 * MS - US);
        assert_int_equal(running_id(), 0);
        run_until(t + 10 * MS + US);
        assert_int_equal(running_id(), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_and_gaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
