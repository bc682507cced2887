// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How frames begin besides where the one before ends: at once, and with an external interrupt.

#include "system.h"

#include <kernel/panic.h>
#include <septum/log.h>

#include "../../services/hm/hm.h"

#define LINE 10u

// Partition a is a system partition and has the longer slot of plan 1, behind b's.
static void describe(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 5 * MS, 0, 0);
    system_slot(0, 5 * MS, 5 * MS, 1, 0);
    system_frame(1, 4 * MS);
    system_slot(1, 0, 1 * MS, 1, 0);
    system_slot(1, 1 * MS, 2 * MS, 0, 0);
    system_frame(2, 7 * MS);
    system_slot(2, 0, 5 * MS, 0, 0);
}

static void waits(uint32_t plan, uint64_t timeout)
{
    system_plan_of(plan)->sync_timeout = timeout;
    system_plan_of(plan)->sync_line = LINE;
    host_line_edge(LINE, true);
}

static void interrupt(void)
{
    host_line_assert(LINE);
    host_line_deassert(LINE);
}

/// Shows REQ-SCHED-011, REQ-SCHED-008
static void at_once(void **state)
{
    struct sep_plan_status status;
    uint64_t t;

    (void)state;
    describe();
    system_plan_of(1)->flags = SEP_CFG_PLAN_IMMEDIATE;
    system_boot();
    run_until(12 * MS);
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    assert_int_equal(running_id(), 16);
    status = plan_status();
    t = status.frame_start;
    assert_in_range(t, 12 * MS, 12 * MS + US);
    assert_int_equal(status.switch_time, t);
    assert_int_equal(status.current, 1);
    assert_int_equal(status.previous, 0);
    assert_int_equal(status.next, 1);
    assert_int_equal(status.slot_id, 0);
    assert_int_equal(status.frame_count, 3);
    assert_int_equal(status.plan_frame, 1);
    run_until(t + 1 * MS - US);
    assert_int_equal(running_id(), 16);
    run_until(t + 1 * MS + US);
    assert_int_equal(running_id(), 0);
    run_until(t + 3 * MS + US);
    assert_int_equal(running_id(), -1);
    run_until(t + 4 * MS + US);
    assert_int_equal(running_id(), 16);
    assert_int_equal(plan_status().plan_frame, 2);
    assert_int_equal(plan_status().frame_start, t + 4 * MS);
}

/// Shows REQ-SCHED-011, REQ-SCHED-006
static void at_once_refused(void **state)
{
    (void)state;
    describe();
    system_plan_of(1)->flags = SEP_CFG_PLAN_IMMEDIATE;
    system_boot();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 2, SEP_PLAN_AT_ONCE), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE + 1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_plan_switch, 3, SEP_PLAN_AT_ONCE), SEP_INVALID_PARAM);
    run_until(6 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_NO_PERMISSION);
    assert_int_equal(plan_status().current, 0);
    assert_int_equal(plan_status().next, 0);
    run_until(11 * MS);
    // Asked for already, and then at once.
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_FRAME_END), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    assert_int_equal(plan_status().current, 1);
    run(1500 * US);
    assert_int_equal(running_id(), 0);
    // The running plan is not begun again.
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_plan_switch, 2, SEP_PLAN_AT_FRAME_END), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    assert_int_equal(plan_status().next, 1);
    assert_int_equal(plan_status().plan_frame, 1);
}

/// From a pool's slot; open jobs end, and releases begin anew where the new frame does. Shows REQ-SCHED-011,
/// REQ-POOL-012
static void at_once_in_a_pool(void **state)
{
    const struct pool_task *task;
    uint64_t t;

    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_pool(2 * MS);
    (void)system_real_time(0, 0, 0, 10 * MS, 4 * MS, 0, 0);
    system_best_effort(0, 1, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 10 * MS, 0);
    system_frame(1, 10 * MS);
    system_pool_slot(1, 0, 10 * MS, 0);
    system_plan_of(1)->flags = SEP_CFG_PLAN_IMMEDIATE;
    system_boot();
    task = &pools[0].tasks[0];
    run_until(22 * MS);
    assert_int_equal(running_id(), 0);
    assert_int_equal(task->missed, 0);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    t = plan_status().frame_start;
    assert_in_range(t, 22 * MS, 22 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(task->missed, 1);
    assert_int_equal(task->release, t);
    run_until(t + 4 * MS - US);
    assert_int_equal(running_id(), 0);
    run_until(t + 4 * MS + US);
    assert_int_equal(running_id(), 16);
    run_until(t + 10 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(task->release, t + 10 * MS);
    assert_int_equal(task->missed, 1);
}

/// A frame begins with the interrupt, at the end of the one before if it came earlier, and without it when its time
/// is over: that is an event. Shows REQ-SCHED-012, REQ-SCHED-013
static void with_an_interrupt(void **state)
{
    uint64_t t;

    (void)state;
    describe();
    waits(1, 3 * MS);
    system_line(0, 5);
    system_boot();
    run_until(12 * MS);
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_FRAME_END), SEP_OK);
    run_until(20 * MS - US);
    assert_int_equal(running_id(), 16);
    assert_false(host_line_enabled(LINE));
    run_until(21 * MS);
    assert_int_equal(running_id(), -1);
    assert_true(host_line_enabled(LINE));
    host_line_edge(LINE + 1u, true); // nobody's: nothing begins
    host.cpu[0].enabled |= (uint64_t)1 << (LINE + 1u);
    host_line_assert(LINE + 1u);
    run_until(21 * MS + 100 * US);
    assert_int_equal(running_id(), -1);
    run_until(22 * MS);
    interrupt();
    run(US);
    assert_int_equal(running_id(), 16);
    assert_false(host_line_enabled(LINE));
    t = plan_status().frame_start;
    assert_in_range(t, 22 * MS, 22 * MS + 2 * US);
    assert_int_equal(plan_status().switch_time, 20 * MS);
    assert_int_equal(plan_status().plan_frame, 1);
    assert_int_equal(plan_status().frame_count, 3);
    run_until(t + 2 * MS);
    assert_int_equal(running_id(), 0);
    interrupt();         // too early: it is kept
    host_line_assert(5); // a's own, meanwhile
    run(US);
    assert_true((irq_status().pending & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)) != 0u);
    run_until(t + 4 * MS - US);
    assert_int_equal(running_id(), -1);
    run_until(t + 4 * MS + 2 * US);
    assert_int_equal(running_id(), 16);
    assert_in_range(plan_status().frame_start, t + 4 * MS, t + 4 * MS + 100u);
    assert_int_equal(plan_status().plan_frame, 2);
    assert_int_equal(hm_log.head->count, 0);
    t = plan_status().frame_start - 4 * MS;
    run_until(t + 11 * MS - US); // 3 ms behind its end
    assert_int_equal(running_id(), -1);
    run_until(t + 11 * MS + 2 * US);
    assert_int_equal(running_id(), 16);
    assert_int_equal(plan_status().frame_start, t + 11 * MS);
    assert_int_equal(hm_log.head->count, 1);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_FRAME_SYNC);
    assert_int_equal(hm_record(0)->code, 1);
    assert_false(host_line_enabled(LINE));
    run_until(t + 13 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 0, SEP_PLAN_AT_FRAME_END), SEP_OK);
    run_until(t + 15 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().frame_start, t + 15 * MS);
    assert_int_equal(plan_status().switch_time, t + 15 * MS);
    assert_int_equal(plan_status().plan_frame, 1);
}

/// Plan 0 waits for its first frame, too; what is done about a missing interrupt is the description's. A pool of
/// best-effort vCPUs goes with it. Shows REQ-SCHED-012, REQ-SCHED-013
static void from_the_start(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_pool(2 * MS);
    system_best_effort(0, 0, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 1 * MS, 9 * MS, 0);
    system_frame(1, 10 * MS);
    system_pool_slot(1, 0, 10 * MS, 0);
    waits(0, 5 * MS);
    system_own_action(SEP_EVENT_FRAME_SYNC, SEP_ACTION_MAINTENANCE_PLAN);
    system_boot();
    run_until(1 * MS);
    assert_true(cpus[0].sched.waiting);
    interrupt();
    run_until(9 * MS);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().frame_count, 1);
    assert_in_range(plan_status().frame_start, 1 * MS, 1 * MS + 2 * US);
    interrupt();
    run_until(13 * MS);
    assert_in_range(plan_status().frame_start, 11 * MS, 11 * MS + 2 * US);
    run_until(23 * MS);
    assert_int_equal(running_id(), -1);
    assert_true(cpus[0].sched.waiting);
    run_until(28 * MS);
    assert_in_range(plan_status().frame_start, 26 * MS, 26 * MS + 2 * US);
    assert_int_equal(plan_status().current, 0);
    assert_int_equal(plan_status().next, 1);
    run_until(37 * MS);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().current, 1);
    assert_in_range(plan_status().frame_start, 36 * MS, 36 * MS + 2 * US);
}

/// A plan that waits is switched to at once: the slot ends, the frame begins with the interrupt. And where the
/// processor was held up beyond a time-out, the slots lose it. Shows REQ-SCHED-011, REQ-SCHED-012, REQ-SCHED-009
static void at_once_with_an_interrupt(void **state)
{
    uint64_t t;

    (void)state;
    describe();
    waits(1, 3 * MS);
    system_plan_of(1)->flags = SEP_CFG_PLAN_IMMEDIATE;
    system_boot();
    run_until(12 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(14 * MS);
    interrupt();
    run(US);
    assert_int_equal(running_id(), 16);
    t = plan_status().frame_start;
    assert_in_range(t, 14 * MS, 14 * MS + 2 * US);
    assert_in_range(plan_status().switch_time, 12 * MS, 12 * MS + US);
    run_until(t + 5 * MS);
    assert_int_equal(running_id(), -1);
    host_pass(host_ticks(3500 * US)); // beyond the time-out, 1.5 ms into the frame
    run(US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().frame_start, t + 7 * MS);
    assert_int_equal(hm_log.head->count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_once),           cmocka_unit_test(at_once_refused),
        cmocka_unit_test(at_once_in_a_pool), cmocka_unit_test(with_an_interrupt),
        cmocka_unit_test(from_the_start),    cmocka_unit_test(at_once_with_an_interrupt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
