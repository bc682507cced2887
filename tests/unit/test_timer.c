// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Timers of a vCPU: hardware clock, execution clock, watchdog; one-shot and periodic.

#include "system.h"

#define FAR (((uint64_t)1 << 62) - 1u) ///< the latest time that a timer takes

static uint32_t delivered(uint32_t partition, uint32_t irq)
{
    return partitions[partition].vcpus[0].context.log.per_irq[irq];
}

// Two partitions, 4 ms of each 10 ms, that take timer interrupts.
static void start(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
    system_boot();
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW) | SEP_IRQ_BIT(SEP_IRQ_TIMER_EXEC));
}

// The guest's handler has returned and takes interrupts again.
static void again(void)
{
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
}

/// Shows REQ-TIMER-001
static void one_shot(void **state)
{
    (void)state;
    start();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 2 * MS, 0), SEP_OK);
    run_until(2 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 0);
    run_until(2 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    again();
    run_until(100 * MS);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    assert_int_equal(delivered(1, SEP_IRQ_TIMER_HW), 0);
}

/// Its time comes while another partition runs. Shows REQ-TIMER-001
static void expires_in_anothers_slot(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 5 * MS, 0), SEP_OK);
    run_until(10 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 0);
    run_until(10 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
}

/// Shows REQ-TIMER-003, REQ-TIMER-004, REQ-TIMER-005
static void past_far_and_disarmed(void **state)
{
    (void)state;
    start();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 1, 0), SEP_OK);
    run(US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    again();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, FAR, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, FAR, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, FAR, 0), SEP_OK);
    run_until(5000 * MS + 1 * MS);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 0);
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 5002 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, SEP_TIME_NONE, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 5002 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, SEP_TIME_NONE, 0), SEP_OK);
    run_until(5020 * MS + 1 * MS);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    assert_int_equal(partition_status(SEP_SELF).event_count, 0);
}

/// Shows REQ-TIMER-006
static void refusals(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_COUNT, MS, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, (sep_word_t)-1, MS, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, MS, SEP_TIMER_INTERVAL_MIN - 1u),
                     SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, MS, 1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, MS, FAR + 1u), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, FAR + 1u, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, UINT64_MAX, 0), SEP_INVALID_PARAM);
    run_until(3 * MS);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 0);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, FAR, FAR), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, MS, SEP_TIMER_INTERVAL_MIN), SEP_OK);
    run(US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
}

/// Shows REQ-TIMER-002
static void periodic(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 500 * US, 1 * MS), SEP_OK);
    for (uint32_t i = 0; i < 4; i++) {
        run_until(i * MS + 500 * US - US);
        assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), i);
        run_until(i * MS + 500 * US + US);
        assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), i + 1u);
        again();
    }
    // Six periods pass while the other partition runs and in the gap: one interrupt, then in phase.
    run_until(10 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 5);
    again();
    run_until(10 * MS + 500 * US - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 5);
    run_until(10 * MS + 500 * US + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 6);
}

/// A hundred thousand periods of an odd length keep their phase. Shows REQ-TIMER-002
static void periodic_without_drift(void **state)
{
    const uint64_t period = 123457;

    (void)state;
    system_reset();
    host.hz = 33333000;
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 10 * MS);
    system_boot();
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, period, period), SEP_OK);
    for (uint32_t i = 1; i <= 100000; i++) {
        run_until(i * period - US);
        assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), i - 1u);
        run_until(i * period + US);
        assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), i);
        again();
    }
}

/// Shows REQ-TIMER-007
static void execution_timer(void **state)
{
    (void)state;
    start();
    // 6 ms of execution: 4 ms in the first slot, 2 ms in the second.
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 6 * MS, 5 * MS), SEP_OK);
    run_until(12 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 0);
    run_until(12 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 1);
    again();
    // 11 ms: the third slot's fourth millisecond.
    run_until(23 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 1);
    run_until(23 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 2);
    again();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 1, 0), SEP_OK);
    run(US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 3);
}

/// Another timer's expiry says nothing of the execution clock. Shows REQ-TIMER-007
static void execution_timer_among_others(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 6 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 1 * MS, 1 * MS), SEP_OK);
    run_until(12 * MS - US); // 6 ms of execution without a microsecond
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    assert_int_equal(irq_status().pending & SEP_IRQ_BIT(SEP_IRQ_TIMER_EXEC), 0);
    run_until(12 * MS + US);
    assert_int_not_equal(irq_status().pending & SEP_IRQ_BIT(SEP_IRQ_TIMER_EXEC), 0);
}

/// The execution clock stands still while the vCPU idles. Shows REQ-TIMER-007, REQ-VCPU-005
static void execution_timer_does_not_wake(void **state)
{
    (void)state;
    start();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 2 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    run_until(4 * MS - US);
    assert_int_equal(running_id(), -1);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 0);
    run_until(11 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 0);
    run_until(11 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 1);
}

/// Shows REQ-TIMER-001, REQ-VCPU-005
static void timer_wakes_an_idling_vcpu(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 2 * MS, 0), SEP_OK);
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(2 * MS - US);
    assert_int_equal(running_id(), -1);
    run_until(2 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
}

/// Shows REQ-TIMER-008
static void watchdog(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 2 * MS, 0), SEP_OK);
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 3 * MS, 0), SEP_OK);
    run_until(3 * MS - US);
    assert_int_equal(running_id(), 0);
    run_until(3 * MS + US);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(partitions[0].event_count, 1);
    run_until(5 * MS);
    assert_int_equal(running_id(), 16);
}

/// The watchdog of a vCPU that idles, and of one that does not run. Shows REQ-TIMER-008, REQ-HM-001
static void watchdog_of_the_absent(void **state)
{
    (void)state;
    for (uint32_t action = SEP_ACTION_SUSPEND; action <= SEP_ACTION_HALT; action++) {
        start();
        image.action[SEP_EVENT_WATCHDOG].action = action;
        assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 2 * MS, 0), SEP_OK);
        assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
        run_until(2 * MS - US);
        assert_int_equal(partitions[0].event_count, 0);
        run_until(3 * MS);
        assert_int_equal(partitions[0].event_count, 1);
        assert_int_equal(running_id(), -1);
        start();
        image.action[SEP_EVENT_WATCHDOG].action = action;
        assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 6 * MS, 0), SEP_OK);
        run_until(9 * MS);
        assert_int_equal(partitions[0].event_count, 0);
        run_until(11 * MS);
        assert_int_equal(partitions[0].event_count, 1);
        assert_int_equal(running_id(), -1);
        run_until(15 * MS);
        assert_int_equal(running_id(), 16);
    }
}

/// Suspended while it idled, resumed (as another processor would) when its timer has expired: it
/// does not idle on. Shows REQ-TIMER-001, REQ-PART-002
static void resumed_late(void **state)
{
    (void)state;
    start();
    image.action[SEP_EVENT_WATCHDOG].action = SEP_ACTION_SUSPEND;
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 1 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 2 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    run_until(3 * MS);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_SUSPENDED);
    assert_int_equal(partition_resume(&partitions[0]), SEP_OK);
    run(1 * US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
}

/// A watchdog that the action ignores, periodic, and late. Shows REQ-TIMER-008, REQ-HM-003
static void watchdog_ignored(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_action(0, SEP_EVENT_WATCHDOG, SEP_ACTION_IGNORE);
    system_simple_plan(10 * MS, 4 * MS);
    system_boot();
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 500 * US, 1 * MS), SEP_OK);
    run_until(3 * MS);
    assert_int_equal(partition_status(SEP_SELF).event_count, 3);
    run_until(10 * MS + US);
    assert_int_equal(partition_status(SEP_SELF).event_count, 5);
    run_until(11 * MS);
    assert_int_equal(partition_status(SEP_SELF).event_count, 6);
}

/// All three at the same time. Shows REQ-TIMER-001, REQ-IRQ-002
static void together(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_action(0, SEP_EVENT_WATCHDOG, SEP_ACTION_IGNORE);
    system_simple_plan(10 * MS, 10 * MS);
    system_boot();
    take_interrupts(3);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 2 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 2 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 2 * MS, 0), SEP_OK);
    run_until(2 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_HW), 1);
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 0);
    again();
    assert_int_equal(delivered(0, SEP_IRQ_TIMER_EXEC), 1);
    assert_int_equal(partition_status(SEP_SELF).event_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_shot),
        cmocka_unit_test(expires_in_anothers_slot),
        cmocka_unit_test(past_far_and_disarmed),
        cmocka_unit_test(refusals),
        cmocka_unit_test(periodic),
        cmocka_unit_test(periodic_without_drift),
        cmocka_unit_test(execution_timer),
        cmocka_unit_test(execution_timer_among_others),
        cmocka_unit_test(execution_timer_does_not_wake),
        cmocka_unit_test(timer_wakes_an_idling_vcpu),
        cmocka_unit_test(watchdog),
        cmocka_unit_test(watchdog_ignored),
        cmocka_unit_test(together),
        cmocka_unit_test(watchdog_of_the_absent),
        cmocka_unit_test(resumed_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
