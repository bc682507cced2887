// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fast interrupts: preempting in a pool, within the time that it has for that.

#include "system.h"

#include <kernel/panic.h>
#include <kernel/trace.h>

#include "../../services/trace/trace.h"

#define LINE 5u
#define QUANTUM (2 * MS)
#define FRAME (12 * MS)
#define STEP (10 * US)

static uint64_t time;

static void to(uint64_t ns)
{
    time = ns;
    run_until(ns);
}

// Partitions 0, a system one, to 2 in turn, a quantum each; lines LINE and LINE + 1 are of partition 2. With
// `period`, partition 0 is a real-time one.
static void describe(enum sep_delivery delivery, uint64_t period)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    (void)system_pool(QUANTUM);
    if (period != 0u) {
        (void)system_real_time(0, 0, 0, period, 3 * MS, 0, 0);
    } else {
        system_best_effort(0, 0, 0);
    }
    system_best_effort(0, 1, 0);
    system_best_effort(0, 2, 0);
    system_fast_line(2, LINE, delivery);
    system_fast_line(2, LINE + 1u, delivery);
    system_preemption(0, 50, 6 * MS);
    system_frame(0, FRAME);
    system_pool_slot(0, 0, FRAME, 0);
    host_line_edge(LINE, true);
    host_line_edge(LINE + 1u, true);
}

// Up to where a partition has the processor.
static void until(int partition)
{
    uint64_t limit = time + 4u * FRAME;

    while (running_id() != 16 * partition) {
        to(time + STEP);
        assert_true(time < limit);
    }
}

// To the beginning of a partition's turn, give or take a step.
static void until_turn(int partition)
{
    until(partition == 0 ? 2 : partition - 1);
    until(partition);
}

// All are loaded, and partition 2 takes its interrupts.
static void boot(void)
{
    system_boot();
    to(2u * FRAME);
    until(2);
    assert_int_equal(call(SEP_HC_trap_table_set, SYSTEM_RAM), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_unmask, 3u * SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
}

static void assert_line(void)
{
    host_line_assert(LINE);
    host_line_deassert(LINE);
}

static uint32_t delivered(void)
{
    return vcpus[2].context.log.per_irq[SEP_IRQ_DEVICE_FIRST];
}

// Who has the processor from now on for a time, and not longer.
static void expect(int partition, uint64_t duration)
{
    to(time + STEP);
    assert_int_equal(running_id(), 16 * partition);
    to(time + duration - 2u * STEP);
    assert_int_equal(running_id(), 16 * partition);
    to(time + 2u * STEP);
    assert_int_not_equal(running_id(), 16 * partition);
    to(time - STEP);
}

// The interrupt is handled: there may be another one.
static void handled(void)
{
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
}

/// The owner has the processor at once, for what is left of the running quantum, and the circle goes on as it would
/// have; what it does not need the preempted one gets. Shows REQ-FAST-001, REQ-FAST-002
static void recycle(void **state)
{
    uint32_t before;

    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 0);
    boot();
    until_turn(0);
    before = delivered();
    to(time + 500 * US);
    assert_line();
    expect(2, QUANTUM - 500 * US);
    assert_int_equal(delivered(), before + 1u);
    expect(1, QUANTUM);
    expect(2, QUANTUM);
    until_turn(2);
    handled();
    until_turn(0);
    to(time + 500 * US);
    assert_line();
    to(time + 200 * US);
    assert_int_equal(running_id(), 32);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    expect(0, QUANTUM - 700 * US);
    expect(1, QUANTUM);
}

/// The owner has a whole quantum, and who is preempted the rest of his own behind it. Shows REQ-FAST-001, REQ-FAST-003
static void reset(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 0);
    boot();
    until_turn(0);
    to(time + 500 * US);
    assert_line();
    expect(2, QUANTUM);
    expect(0, QUANTUM - 500 * US);
    expect(1, QUANTUM);
}

/// A partition that says so is not preempted by others' interrupts; the next one is. Shows REQ-FAST-004
static void non_preemptible(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 0);
    system_of(0)->record.flags |= SEP_PARTITION_NON_PREEMPTIBLE;
    boot();
    until_turn(0);
    to(time + 500 * US);
    assert_line();
    expect(0, QUANTUM - 500 * US);
    assert_false(host_line_enabled(LINE));
    to(time + STEP);
    assert_int_equal(running_id(), 32); // partition 1's turn
    to(time + 2u * QUANTUM - 4u * STEP);
    assert_int_equal(running_id(), 32); // and its own
    to(time + 4u * STEP);
    assert_int_equal(running_id(), 0);
}

/// A vCPU of the owner's partition is preempted all the same. Shows REQ-FAST-004
static void own_partition(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 0);
    system_of(2)->record.flags |= SEP_PARTITION_NON_PREEMPTIBLE;
    (void)system_vcpu(2, 0);
    system_best_effort(0, 2, 1);
    boot();
    assert_int_equal(call(SEP_HC_vcpu_start, 1, SYSTEM_RAM, 0), SEP_OK);
    until(2);
    until(2);
    while (running_id() != 33) {
        to(time + STEP);
    }
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 32);
}

// To the beginning of a turn of partition 0 in the front of a window of a frame.
static void until_window(void)
{
    do {
        until_turn(0);
    } while (time % FRAME > FRAME / 2u);
}

/// No more than a share of each window goes to preemptions, with what admission adds for a job for each; the rest waits for
/// the next window. Shows REQ-FAST-005
static void budget(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 0);
    system_pool_of(0)->overhead = 50 * US;
    system_preemption(0, 5, FRAME); // 600 us
    boot();
    until_window();
    assert_line();
    expect(2, 550 * US);
    assert_int_equal(running_id(), 0);
    while (running_id() != 32) {
        to(time + STEP);
    }
    handled(); // in its turn
    until_window();
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 32);
    to(time + 100 * US);
    handled();
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    to(time + STEP);
    assert_int_equal(running_id(), 0);
    assert_line();
    expect(2, 600 * US - 110 * US - 100 * US); // what is left
    assert_int_equal(running_id(), 0);
    assert_false(host_line_enabled(LINE));
}

/// A preemption goes on in the next window with what that has. Shows REQ-FAST-005
static void across_windows(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 0);
    system_preemption(0, 50, 2 * MS);
    boot();
    until_turn(0);
    to(time + 1500 * US);
    assert_line();
    expect(2, 1500 * US);
}

/// An open job of a real-time vCPU is preempted from the pool's share, and has its capacity by its deadline all the
/// same. Shows REQ-FAST-001, REQ-FAST-005, REQ-FAST-006
static void real_time(void **state)
{
    uint32_t overruns;

    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 6 * MS);
    system_preemption(0, 10, 6 * MS);
    boot();
    overruns = pools[0].tasks[0].overruns;
    to(4u * FRAME + MS + US);
    assert_int_equal(running_id(), 0);
    assert_line();
    expect(2, 600 * US);
    assert_int_equal(running_id(), 0);
    to(4u * FRAME + 3600 * US - STEP);
    assert_int_equal(running_id(), 0);
    to(time + 2u * STEP);
    assert_int_not_equal(running_id(), 0);
    assert_int_equal(pools[0].tasks[0].missed, 0);
    assert_int_equal(pools[0].tasks[0].overruns, overruns + 4u);
}

// Whether an interrupt of the owner would be heard.
static void expect_line(bool on)
{
    assert_int_equal(host_line_enabled(LINE), on);
}

/// The line is on while its interrupt would preempt: not while the owner's partition is suspended, or masks it, and
/// whoever is suspended in a preemption has the processor no longer. Shows REQ-FAST-001, REQ-FAST-005
static void line(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 0);
    boot();
    until_turn(0);
    expect_line(true);
    assert_int_equal(call(SEP_HC_partition_suspend, 2), SEP_OK);
    until_turn(1);
    expect_line(false);
    until(0);
    expect_line(false);
    assert_int_equal(call(SEP_HC_partition_resume, 2), SEP_OK);
    until(1);
    expect_line(true);
    until(2);
    expect_line(true); // its own
    assert_int_equal(call(SEP_HC_irq_mask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    expect_line(false);
    until(0);
    expect_line(false);
    assert_true(host_line_enabled(LINE + 1u));
    until(2);
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    until_turn(0);
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 32);
    assert_false(host_line_enabled(LINE)); // until it is handled
    assert_int_equal(call_end(SEP_HC_partition_suspend, SEP_SELF, 0), HOST_DONE);
    to(time + STEP);
    assert_int_equal(running_id(), 0);
}

/// An interrupt of an owner who was suspended after the last decision waits; one of an owner who was halted wakes nobody. Shows
/// REQ-FAST-001
static void suspended(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RECYCLE, 0);
    boot();
    until_turn(0);
    assert_int_equal(call(SEP_HC_partition_suspend, 2), SEP_OK);
    expect_line(true);
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 0);
    expect_line(false);
    assert_int_equal(call(SEP_HC_partition_resume, 2), SEP_OK);
    until(2);
    assert_int_equal(delivered(), 1);
    handled();
    until(0);
    expect_line(true);
    assert_int_equal(call(SEP_HC_partition_halt, 2), SEP_OK);
    pool_fast_take(&cpus[0], LINE); // what the controller had taken already
    assert_int_equal(vcpus[2].state, SEP_STATE_HALTED);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    assert_int_equal(call_end(SEP_HC_partition_suspend, SEP_SELF, 0), HOST_DONE);
    to(time + STEP);
    assert_null(cpus[0].running);
    expect_line(false);
    pool_fast_take(&cpus[0], LINE + 9u); // nobody's, and nobody runs
}

/// An interrupt behind the end of a window is measured by the share of the next one, however short that is. Shows
/// REQ-FAST-005
static void next_window(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 0);
    system_pool_of(0)->overhead = 50 * US;
    system_preemption(0, 20, MS); // a turn is longer
    boot();
    until_turn(0);
    to(time + 1500 * US);
    assert_line();
    expect(2, 150 * US);
    describe(SEP_DELIVERY_RESET, 0);
    system_pool_of(0)->overhead = 50 * US;
    system_preemption(0, 20, FRAME - 100 * US); // 20 us of the last one
    time = 0;
    boot();
    do {
        to((time / FRAME + 1u) * FRAME + FRAME - 50 * US);
    } while (running_id() == 32);
    expect_line(true);
    assert_line();
    to(time + STEP);
    assert_int_not_equal(running_id(), 32);
    expect_line(false);
}

/// What the controller had taken already when its line was switched off waits for the owner's turn. Shows REQ-FAST-004,
/// REQ-FAST-005
static void too_late(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 0);
    system_of(1)->record.flags |= SEP_PARTITION_NON_PREEMPTIBLE;
    system_fast_line(1, LINE + 2u, SEP_DELIVERY_RESET);
    boot();
    until_turn(1);
    pool_fast_take(&cpus[0], LINE); // by somebody who is not preempted
    to(time + STEP);
    assert_int_equal(running_id(), 16);
    pool_fast_take(&cpus[0], LINE); // it waits already
    to(time + STEP);
    assert_int_equal(running_id(), 16);
    until(2);
    handled();
    assert_int_equal(delivered(), 1);
    pool_fast_take(&cpus[0], LINE); // of who runs
    assert_int_equal(vcpus[2].pending & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST),
                     SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    assert_int_equal(call(SEP_HC_irq_clear, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    pool_fast_take(&cpus[0], LINE + 9u); // nobody's
    assert_int_equal(vcpus[2].pending & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST), 0);
    until(1);
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)), SEP_OK);
    until_turn(0);
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 32);
    pool_fast_take(&cpus[0], LINE + 2u); // in a preemption
    to(time + STEP);
    assert_int_equal(running_id(), 32);
    assert_int_equal(vcpus[1].pending & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST),
                     SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
}

/// Releases go on beside a preemption, eight at once; and each change of who runs is in the trace, for one line as for
/// several. Shows REQ-FAST-001, REQ-POOL-013, REQ-POOL-014
static void releases(void **state)
{
    uint32_t slots = 0;

    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    (void)system_pool(FRAME);
    for (uint32_t v = 0; v < 20u; v++) {
        if (v != 0u) {
            (void)system_vcpu(0, 0);
        }
        (void)system_real_time(0, 0, v, FRAME, 100 * US, 0, v == 0u ? 0u : 6 * MS);
    }
    system_best_effort(0, 1, 0);
    system_best_effort(0, 2, 0);
    system_fast_line(2, LINE, SEP_DELIVERY_RECYCLE);
    host_line_edge(LINE, true);
    system_preemption(0, 30, FRAME);
    system_frame(0, FRAME);
    system_pool_slot(0, 0, FRAME, 0);
    system_own_trace(SEP_TRACE_SCHEDULING, 1024);
    boot();
    do { // a frame in which partition 1 has the turn when the releases come
        to((time / FRAME + 1u) * FRAME + 5900 * US);
    } while (running_id() != 16);
    assert_line();
    to(time + STEP);
    assert_int_equal(running_id(), 32);
    to(time + 200 * US); // beside 19 releases
    assert_int_equal(running_id(), 32);
    assert_int_equal(pools[0].tasks[19].released, time / FRAME + 1u);
    for (uint32_t n = 0; n < trace_hypervisor->count; n++) {
        const struct sep_trace_record *record =
            (const struct sep_trace_record *)(const void *)(trace_hypervisor + 1) + n;

        slots += record->event == SEP_TRACE_EVENT_SLOT && record->partition == 2u ? 1u : 0u;
    }
    assert_true(slots > 8u);
}

/// A quantum that interrupts reset beside real-time vCPUs, and more lines than a pool has room for, do not boot.
/// Shows REQ-FAST-008
static void refused(void **state)
{
    (void)state;
    describe(SEP_DELIVERY_RESET, 6 * MS);
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
    describe(SEP_DELIVERY_RECYCLE, 6 * MS);
    system_fast_line(0, LINE + 2u, SEP_DELIVERY_RECYCLE); // its owner is released
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    for (uint32_t lines = SEP_POOL_FAST_MAX; lines <= SEP_POOL_FAST_MAX + 1u; lines++) {
        describe(SEP_DELIVERY_RESET, 0);
        for (uint32_t i = 2; i < lines; i++) {
            system_fast_line(i % 3u, LINE + i, SEP_DELIVERY_RECYCLE);
        }
        system_build();
        assert_int_equal(host_boot(), lines == SEP_POOL_FAST_MAX ? HOST_DONE : HOST_STOPPED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recycle),         cmocka_unit_test(reset),
        cmocka_unit_test(non_preemptible), cmocka_unit_test(own_partition),
        cmocka_unit_test(budget),          cmocka_unit_test(across_windows),
        cmocka_unit_test(real_time),       cmocka_unit_test(line),
        cmocka_unit_test(too_late),        cmocka_unit_test(releases),
        cmocka_unit_test(suspended),       cmocka_unit_test(next_window),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
