// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How often the health monitor resets a partition.

#include "system.h"

#include <kernel/panic.h>
#include <septum/log.h>

#include "../../services/hm/hm.h"

static void describe(void)
{
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
    system_action(0, SEP_EVENT_STACK, SEP_ACTION_WARM_RESET);
}

/// Shows REQ-HM-010
static void restart_limit(void **state)
{
    (void)state;
    describe();
    system_restarts(0, 2, 100 * MS);
    system_boot();
    run_until(1 * MS);
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    run_until(90 * MS + 1);
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    run_until(101 * MS + 1); // the first one is old enough
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    assert_int_equal(partitions[0].reset_count, 3);
    assert_int_equal(running_id(), 0);
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE); // the second one is 11 ms old
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(partitions[0].reset_count, 3);
    assert_int_equal(hm_record(2)->action, SEP_ACTION_WARM_RESET);
    assert_int_equal(hm_record(3)->action, SEP_ACTION_HALT);
}

// Whether a fault now is answered with a reset.
static bool reset_at(uint64_t time)
{
    uint32_t before = partitions[0].reset_count;

    run_until(time);
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    return partitions[0].reset_count == before + 1u;
}

/// As many resets as the description allows within any time of its length, from one to the most
/// that it may allow; without a limit as many as come. Shows REQ-HM-010
static void restart_windows(void **state)
{
    (void)state;
    for (uint32_t most = 1; most <= SEP_RESTARTS_MAX; most++) {
        describe();
        system_restarts(0, most, 500 * MS);
        system_boot();
        for (uint32_t round = 0; round < 3u; round++) {
            for (uint32_t i = 0; i < most; i++) {
                assert_true(reset_at((round * 500u + 10u * i + 1u) * MS + 1u));
            }
        }
        // The first one of the last round is 499.5 ms old.
        assert_false(reset_at(1500 * MS + 500 * US));
        assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    }
    describe();
    system_boot();
    for (uint32_t i = 0; i < 4u * SEP_RESTARTS_MAX; i++) {
        assert_true(reset_at((10u * i + 1u) * MS));
    }
    describe();
    system_restarts(0, SEP_RESTARTS_MAX + 1u, 500 * MS);
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(restart_limit),
        cmocka_unit_test(restart_windows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
