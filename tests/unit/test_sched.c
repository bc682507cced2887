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

// Runs frames of two slots and compares the tick of every slot start with its nominal time.
static void frames(uint32_t hz, uint32_t counter_start, uint64_t frame, uint64_t count)
{
    uint64_t start;

    two();
    host.hz = hz;
    host.counter_start = counter_start;
    system_simple_plan(frame, frame / 2u);
    system_boot();
    start = host.ticks - host_ticks(100);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t nominal = start + host_ticks((i + 1u) * frame);
        uint64_t rate = host_ticks((i + 1u) * frame) / 1000000000u + 1u; // 1 ppb

        assert_int_equal(host_run_until(nominal + host_ticks(frame / 4u)), HOST_DONE);
        assert_int_equal(running_id(), 0);
        // Late by a tick, and by what the clock's resolution of 1 ns hides.
        assert_in_range(host.count.switched_at, nominal - rate, nominal + 1u + hz / 999999999u);
    }
    assert_int_equal(host.count.switches, 2u * count + 1u);
    assert_int_equal(plan_status().frame_count, count + 1u);
    assert_int_equal(plan_status().frame_start, count * frame);
}

/// Shows REQ-SCHED-003, REQ-TIME-001, REQ-TIME-002, REQ-TIME-003
static void million_frames_without_drift(void **state)
{
    (void)state;
    frames(33333000u, 0xfffff000u, 1 * MS, 1000000);
}

/// Shows REQ-SCHED-003, REQ-TIME-001
static void no_drift_at_odd_frequencies(void **state)
{
    (void)state;
    frames(1000000000u, 0, 1500 * US, 20000);
    frames(50000000u, 7, 3333333, 20000);
    frames(14318180u, 0x80000000u, 1 * MS, 20000);
    frames(62500000u, 0, 12345678, 20000);
    frames(4000000000u, 0, 1300 * US + 1, 20000);
    frames(999999937u, 1, 1250 * US, 20000);
    frames(32768u, 0, 100 * MS, 2000);
    frames(1000u, 0, 1 * S, 200);
}

/// A frame that is longer than the timer reaches. Shows REQ-SCHED-003
static void long_frames(void **state)
{
    (void)state;
    frames(1000000000u, 0, 100 * S, 20);
    frames(4000000000u, 0, 10 * S, 20);
}

/// A gap that is longer than the timer reaches. Shows REQ-SCHED-002, REQ-SCHED-003
static void long_gap(void **state)
{
    (void)state;
    two();
    host.hz = 4000000000u;
    system_frame(0, 10 * S);
    system_slot(0, 2 * S, 1 * S, 0, 0);
    system_boot();
    for (uint64_t frame = 0; frame < 20; frame++) {
        run_until(frame * 10 * S + 2 * S - 20 * US);
        assert_int_equal(running_id(), -1);
        run_until(frame * 10 * S + 2 * S + 20 * US);
        assert_int_equal(running_id(), 0);
        run_until(frame * 10 * S + 3 * S + 20 * US);
        assert_int_equal(running_id(), -1);
    }
}

static void three_plans(void)
{
    two();
    system_frame(0, 10 * MS);
    system_slot(0, 0, 5 * MS, 0, 0);
    system_slot(0, 5 * MS, 5 * MS, 1, 0);
    system_frame(1, 4 * MS);
    system_slot(1, 0, 1 * MS, 1, 0);
    system_slot(1, 1 * MS, 2 * MS, 0, 0);
    system_frame(2, 7 * MS);
    system_boot();
}

/// Shows REQ-SCHED-004, REQ-SCHED-005, REQ-SCHED-008
static void switch_at_frame_end(void **state)
{
    struct sep_plan_status status;

    (void)state;
    three_plans();
    run_until(12 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
    status = plan_status();
    assert_int_equal(status.current, 0);
    assert_int_equal(status.next, 1);
    assert_int_equal(status.switch_time, 0);
    run_until(17 * MS);
    assert_int_equal(running_id(), 16);
    run_until(20 * MS + US);
    assert_int_equal(running_id(), 16);
    run_until(21 * MS + US);
    assert_int_equal(running_id(), 0);
    status = plan_status();
    assert_int_equal(status.current, 1);
    assert_int_equal(status.next, 1);
    assert_int_equal(status.previous, 0);
    assert_int_equal(status.switch_time, 20 * MS);
    assert_int_equal(status.frame_start, 20 * MS);
    assert_int_equal(status.frame_count, 3);
    assert_int_equal(status.slot_id, 1);
    run_until(23 * MS + US);
    assert_int_equal(running_id(), -1);
    run_until(25 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().frame_start, 24 * MS);
}

/// Shows REQ-SCHED-006, REQ-SCHED-007
static void requests_and_refusals(void **state)
{
    (void)state;
    three_plans();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 3), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_plan_switch, (sep_word_t)-1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_plan_switch, (sep_word_t)1 << 32), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_plan_switch, 0), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_plan_switch, 2), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 2), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_plan_switch, 0), SEP_OK);
    run_until(6 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_NO_PERMISSION);
    run_until(11 * MS);
    assert_int_equal(plan_status().current, 0);
    assert_int_equal(plan_status().switch_time, 0);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
    run_until(21 * MS + US);
    assert_int_equal(plan_status().current, 1);
    assert_int_equal(call(SEP_HC_plan_switch, 2), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 0), SEP_OK); // back to the initial plan
    run_until(24 * MS + US);
    assert_int_equal(plan_status().current, 0);
    assert_int_equal(plan_status().previous, 1);
    assert_int_equal(plan_status().frame_start, 24 * MS);
}

/// A plan without slots is an idle one. Shows REQ-SCHED-002
static void empty_plan(void **state)
{
    (void)state;
    three_plans();
    run_until(1 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 2), SEP_OK);
    run_until(10 * MS + US);
    for (uint32_t i = 0; i < 20; i++) {
        assert_int_equal(running_id(), -1);
        run(1 * MS);
    }
}

/// The processor looks late at the frame's end, by up to two frames. Shows REQ-SCHED-005,
/// REQ-SCHED-009
static void late_switch_keeps_the_phase(void **state)
{
    (void)state;
    for (uint64_t late = 1; late < 21 * MS; late += 1234567) {
        three_plans();
        run_until(1 * MS);
        assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
        run_until(10 * MS - 100 * US);
        host_pass(host_ticks(100 * US + late));
        run(1);
        run_until(10 * MS + 24 * MS + 500 * US);
        assert_int_equal(running_id(), 16);
        assert_int_equal(plan_status().frame_start, 34 * MS);
        assert_int_equal(plan_status().switch_time, 10 * MS);
        run_until(10 * MS + 25 * MS + US);
        assert_int_equal(running_id(), 0);
    }
}

/// Shows REQ-SCHED-009
static void held_up(void **state)
{
    (void)state;
    two();
    system_simple_plan(10 * MS, 2 * MS);
    system_boot();
    run_until(1 * MS);
    host_pass(host_ticks(2000 * US)); // to 3 ms, 1 ms into b's slot
    run(1);
    assert_int_equal(running_id(), 16);
    run_until(4 * MS - US);
    assert_int_equal(running_id(), 16);
    run_until(4 * MS + US);
    assert_int_equal(running_id(), -1);
    run_until(9 * MS);
    host_pass(host_ticks(25 * MS)); // to 34 ms: in a gap, two frames lost
    run(1);
    assert_int_equal(running_id(), -1);
    run_until(40 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(plan_status().frame_start, 40 * MS);
    assert_int_equal(plan_status().frame_count, 5);
}

/// The shortest slots, and gaps of one nanosecond between them, are no trap. Shows REQ-SCHED-001
static void short_slots(void **state)
{
    (void)state;
    two();
    system_frame(0, 1 * MS);
    system_slot(0, 100 * US, SEP_SLOT_MIN, 0, 0);
    system_slot(0, 150 * US + 1, SEP_SLOT_MIN, 1, 0);
    system_slot(0, 500 * US, 500 * US - 1, 1, 0);
    system_boot();
    for (uint64_t frame = 5; frame < 100; frame++) { // by then the second one is loaded
        run_until(frame * MS + 200 * US);
        assert_int_equal(running_id(), 16);
        run_until(frame * MS + 220 * US);
        assert_int_equal(running_id(), -1);
        run_until(frame * MS + 501 * US);
        assert_int_equal(running_id(), 16);
    }
    assert_int_equal(plan_status().slot_id, 2);
}

// Whether the timer is armed for the boundary, which is then met on time, and lies within ns.
static bool armed_for_boundary(uint64_t ns)
{
    return cpus[0].boundary_count - hal_timer_count() <= (uint32_t)host_ticks(ns) + 1u;
}

/// The clock's base moves in idle time, not where a slot begins. Shows REQ-SCHED-015
static void base_moves_in_gaps(void **state)
{
    (void)state;
    two();
    system_simple_plan(10 * MS, 4 * MS);
    system_boot();
    for (uint64_t t = 20 * MS; t < 3 * S; t += 10 * MS) {
        run_until(t + US);
        assert_true(armed_for_boundary(4 * MS));
        assert_in_range(cpus[0].clock.ns, t - 2 * MS, t - 2 * MS + US);
        run_until(t + 4 * MS + US);
        assert_true(armed_for_boundary(4 * MS));
        assert_in_range(cpus[0].clock.ns, t - 2 * MS, t - 2 * MS + US);
    }
}

/// Without idle time, it moves where it must, and every boundary is met as any other. Shows REQ-SCHED-015
static void base_moves_in_slots(void **state)
{
    (void)state;
    two();
    system_simple_plan(10 * MS, 5 * MS);
    system_boot();
    for (uint64_t t = 20 * MS; t < 3 * S; t += 5 * MS) {
        run_until(t + US);
        assert_true(armed_for_boundary(5 * MS));
    }
    assert_true(cpus[0].clock.ns > 1 * S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_and_gaps),
        cmocka_unit_test(million_frames_without_drift),
        cmocka_unit_test(no_drift_at_odd_frequencies),
        cmocka_unit_test(long_frames),
        cmocka_unit_test(long_gap),
        cmocka_unit_test(switch_at_frame_end),
        cmocka_unit_test(requests_and_refusals),
        cmocka_unit_test(empty_plan),
        cmocka_unit_test(late_switch_keeps_the_phase),
        cmocka_unit_test(held_up),
        cmocka_unit_test(short_slots),
        cmocka_unit_test(base_moves_in_gaps),
        cmocka_unit_test(base_moves_in_slots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
