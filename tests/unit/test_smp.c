// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Two processors: what partitions on one ask of partitions on the other, plan switches, the end.

#include "system.h"

#include <string.h>

#include <kernel/boot.h>
#include <kernel/console.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/sched.h>
#include <kernel/smp.h>
#include <kernel/virq.h>

#include "../../services/hm/hm.h"

#define RING SEP_IRQ_BIT(SEP_IRQ_IPVI_FIRST + 3)

// a, a system partition, on processor 0 all the time; b on processor 1 in the first half of each frame, c, a
// system partition, there in the other.
static void describe(void)
{
    system_reset();
    system_processors(2);
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    system_vcpu_on(1, 0, 1);
    system_vcpu_on(2, 0, 1);
    system_ipvi(0, 3, 2);
    for (uint32_t plan = 0; plan < 2u; plan++) {
        system_frame(plan, 10 * MS);
        system_slot(plan, 0, 10 * MS, 0, 0);
        system_slot(plan, 0, 5 * MS, 1, 0);
        system_slot(plan, 5 * MS, 5 * MS, 2, 0);
    }
}

// All are loaded, and b has the other processor.
static void start(void)
{
    describe();
    system_boot();
    run_until(41 * MS);
    assert_int_equal(host_cpu, 0);
}

static sep_status_t call_on(uint32_t cpu, sep_word_t number, sep_word_t a0, sep_word_t a1)
{
    sep_status_t status;

    host_cpu = cpu;
    status = call(number, a0, a1);
    host_cpu = 0;
    return status;
}

static int running_on(uint32_t cpu)
{
    int id;

    host_cpu = cpu;
    id = running_id();
    host_cpu = 0;
    return id;
}

static void look(void)
{
    assert_int_equal(host_run(0), HOST_DONE);
}

/// Shows REQ-SMP-001
static void rings_across(void **state)
{
    struct vcpu *b;
    uint64_t kicks;

    (void)state;
    start();
    b = partitions[1].vcpus;
    assert_int_equal(running_on(1), 16);
    assert_int_equal(call_on(1, SEP_HC_irq_unmask, RING, 0), SEP_OK);
    assert_int_equal(call_on(1, SEP_HC_idle_self, 0, 0), SEP_OK);
    assert_int_equal(running_on(1), -1);
    kicks = host.count.kicks;
    // It has the processor: it is kicked, once until it has looked.
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(host.count.kicks, kicks + 1u);
    assert_int_equal(b->pending & RING, 0);
    look();
    assert_int_equal(b->pending & RING, RING);
    assert_int_equal(running_on(1), 16);
    // Nothing more is asked then.
    assert_false(partition_is_asked(&partitions[1]));
    b->pending &= ~RING;
    // Another one has it: nobody is kicked, and b finds it at its next slot.
    run_until(47 * MS);
    assert_int_equal(running_on(1), 32);
    kicks = host.count.kicks;
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(host.count.kicks, kicks);
    run_until(49 * MS);
    assert_int_equal(b->pending & RING, 0);
    run_until(51 * MS);
    assert_int_equal(b->pending & RING, RING);
}

/// Shows REQ-SMP-002, REQ-SMP-003
static void halted_and_reset(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_partition_halt, 1), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_halt, 1), SEP_NO_ACTION);
    assert_int_equal(partition_status(1).state, SEP_STATE_HALTED);
    look();
    assert_int_equal(running_on(1), -1);
    assert_int_equal(partitions[1].vcpus->state, SEP_STATE_HALTED);
    assert_int_equal(call(SEP_HC_partition_shutdown, 1), SEP_INVALID_MODE);
    assert_int_equal(call(SEP_HC_partition_resume, 1), SEP_INVALID_MODE);
    // Asked for, and not begun there yet: for everybody it is loading.
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 7), SEP_OK);
    assert_int_equal(partition_status(1).state, SEP_STATE_LOADING);
    assert_int_equal(call(SEP_HC_partition_shutdown, 1), SEP_INVALID_MODE);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    assert_int_equal(partitions[1].vcpus->state, SEP_STATE_HALTED);
    run_until(64 * MS);
    assert_int_equal(partition_status(1).state, SEP_STATE_READY);
    assert_int_equal(partition_status(1).reset_code, 7);
    assert_int_equal(running_on(1), 16);
    // Warm, over an interrupt that was posted before.
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_WARM, 8), SEP_OK);
    look();
    assert_int_equal(running_on(1), 16);
    assert_int_equal(partitions[1].vcpus->pending & RING, 0);
    assert_int_equal(partition_status(1).reset_count, 2);
    // A mode that ends with the life it is said in.
    assert_int_equal(call(SEP_HC_partition_halt, 1), SEP_OK);
    assert_int_equal(call_on(1, SEP_HC_partition_set_mode, SEP_MODE_NORMAL, 0), SEP_NO_ACTION);
    assert_int_equal(partition_status(1).mode, SEP_MODE_IDLE);
}

/// Shows REQ-SMP-002
static void suspended_and_shut_down(void **state)
{
    uint64_t kicks;

    (void)state;
    start();
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_NO_ACTION);
    look();
    assert_int_equal(running_on(1), -1);
    assert_int_equal(call(SEP_HC_partition_resume, 1), SEP_OK);
    look();
    assert_int_equal(running_on(1), 16);
    assert_int_equal(call(SEP_HC_partition_shutdown, 1), SEP_OK);
    look();
    assert_int_equal(partitions[1].vcpus->pending & SEP_IRQ_BIT(SEP_IRQ_SHUTDOWN),
                     SEP_IRQ_BIT(SEP_IRQ_SHUTDOWN));
    // Nobody is disturbed for one that has no turn: another one has, or nobody.
    run_until(47 * MS);
    kicks = host.count.kicks;
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_halt, 2), SEP_OK);
    assert_int_equal(host.count.kicks, kicks + 1u);
    run_until(52 * MS);
    assert_int_equal(running_on(1), -1);
    // What the other processor's partitions have executed is known as of their last turn.
    assert_true(partition_status(1).exec_clock >= 5 * MS);
}

/// An event on the second processor is recorded, announced on the first, and told. Shows REQ-SMP-004
static void events_there(void **state)
{
    (void)state;
    describe();
    system_action(1, SEP_EVENT_MEM_PROTECTION, SEP_ACTION_HALT);
    system_boot();
    run_until(41 * MS);
    assert_int_equal(call(SEP_HC_hm_read, 0, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(partitions[0].vcpus->pending & SEP_IRQ_BIT(SEP_IRQ_HM), 0);
    host_cpu = 1;
    assert_int_equal(fault(SEP_EVENT_MEM_PROTECTION), HOST_DONE);
    host_cpu = 0;
    assert_int_equal(partitions[0].vcpus->pending & SEP_IRQ_BIT(SEP_IRQ_HM), 0);
    look();
    assert_int_equal(partitions[0].vcpus->pending & SEP_IRQ_BIT(SEP_IRQ_HM),
                     SEP_IRQ_BIT(SEP_IRQ_HM));
    assert_int_equal(partition_status(1).state, SEP_STATE_HALTED);
    host.uart_ns = 0;
    // While somebody tells or brings text out, others leave it to him.
    lock_take(&hm_log.telling);
    assert_false(hm_tell());
    lock_give(&hm_log.telling);
    lock_take(&console_wire);
    run_until(47 * MS);
    assert_null(strstr(host.console, "HM: b event mem-protection action halt"));
    lock_give(&console_wire);
    run_until(90 * MS);
    assert_console("HM: b event mem-protection action halt");
}

/// Text of a partition on the second processor comes out at its calls, as far as the wire is free. Shows
/// REQ-SMP-005
static void text_from_there(void **state)
{
    uint32_t before;

    (void)state;
    describe();
    system_console(1, 512);
    system_boot();
    run_until(41 * MS);
    host.uart_ns = 0;
    before = host.console_size;
    lock_take(&console_wire);
    assert_int_equal(call_on(1, SEP_HC_console_write, SYSTEM_RAM, 8), SEP_OK);
    assert_int_equal(host.console_size, before);
    assert_false(console_drain_any());
    lock_give(&console_wire);
    assert_int_equal(call_on(1, SEP_HC_console_write, SYSTEM_RAM, 8), SEP_OK);
    assert_true(host.console_size > before);
    assert_false(cpus[1].console_wanted);
}

// Pool 0 on processor 1: b real-time and not started, c and d best effort.
static void start_pool(void)
{
    system_reset();
    system_processors(2);
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    (void)system_partition("d", SEP_PARTITION_BOOT);
    for (uint32_t i = 1; i < 4u; i++) {
        system_vcpu_on(i, 0, 1);
    }
    (void)system_pool(MS);
    system_pool_of(0)->cpu = 1;
    (void)system_real_time(0, 1, 0, 10 * MS, 2 * MS, 0, 0);
    system_best_effort(0, 2, 0);
    system_best_effort(0, 3, 0);
    system_ipvi(0, 3, 4 + 8);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 10 * MS, 0, 0);
    system_pool_slot(0, 0, 8 * MS, 0);
    system_boot();
    run_until(101 * MS);
}

/// Shows REQ-SMP-006
static void pools_across(void **state)
{
    (void)state;
    start_pool();
    assert_int_equal(running_on(1), 16);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_periodic_status, 1, 0, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_NO_ACTION);
    look();
    assert_int_not_equal(running_on(1), 16);
    run_until(112 * MS);
    assert_int_not_equal(running_on(1), 16);
    // The last word counts.
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK);
    run_until(121 * MS);
    assert_int_equal(running_on(1), 16);
    // Between the pool's slots nobody is disturbed.
    run_until(129 * MS);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_OK);
    run_until(131 * MS);
    assert_int_not_equal(running_on(1), 16);
}

/// Who idles in a pool is woken although it is not its turn. Shows REQ-SMP-006, REQ-SMP-001
static void wakes_in_a_pool(void **state)
{
    (void)state;
    start_pool();
    run_until(105 * MS);
    for (uint32_t i = 0; i < 4u && running_on(1) != -1; i++) {
        assert_int_equal(call_on(1, SEP_HC_irq_unmask, RING, 0), SEP_OK);
        assert_int_equal(call_on(1, SEP_HC_idle_self, 0, 0), SEP_OK);
    }
    assert_int_equal(running_on(1), -1);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    look();
    assert_int_not_equal(running_on(1), -1);
    assert_int_equal(call_on(1, SEP_HC_idle_self, 0, 0), SEP_OK);
    assert_int_not_equal(running_on(1), -1);
}

/// Whoever comes to a frame first decides; who comes later follows. Shows REQ-SCHED-004
static void plans_switch_together(void **state)
{
    (void)state;
    start();
    // Processor 1 comes to the next frame first, then the request, then processor 0.
    run_until(50 * MS - 2 * US);
    host_pass(host_ticks(4 * US));
    host_cpu = 1;
    assert_int_equal(host_settle(), HOST_DONE);
    host_cpu = 0;
    assert_int_equal(cpus[1].sched.frame_count, cpus[0].sched.frame_count + 1u);
    sched_next_plan = 1;
    run_until(52 * MS);
    assert_int_equal(cpus[0].sched.frame_count, cpus[1].sched.frame_count);
    assert_int_equal(cpus[0].sched.current, 0);
    assert_int_equal(cpus[1].sched.current, 0);
    run_until(62 * MS);
    for (uint32_t i = 0; i < 2u; i++) {
        assert_int_equal(cpus[i].sched.current, 1);
        assert_int_equal(cpus[i].sched.switch_time, 60 * MS);
    }
    // One that was held up for more than a frame passes those that it missed with the plan that they had.
    sched_next_plan = 0;
    assert_int_equal(smp_plan_of(cpus[0].sched.frame_count + 2u), 0);
    assert_int_equal(smp_plan_of(cpus[0].sched.frame_count + 1u), 1);
}

/// Shows REQ-SMP-007
static void ended_by_each(void **state)
{
    (void)state;
    start();
    assert_int_equal(call_end(SEP_HC_system_halt, 0, 0), HOST_STOPPED);
    assert_false(host.cpu[1].started);
    assert_console("halt: requested by a partition status 0");
    start();
    run_until(47 * MS);
    host_cpu = 1;
    assert_int_equal(call_end(SEP_HC_system_halt, 0, 0), HOST_STOPPED);
    host_cpu = 0;
    assert_console("halt: requested by a partition status 0");
    // One that hears nothing is not waited for without end.
    start();
    host.cpus_deaf = 2;
    assert_int_equal(call_end(SEP_HC_system_halt, 0, 0), HOST_STOPPED);
}

/// Shows REQ-SMP-007
static void restarted_by_each(void **state)
{
    (void)state;
    start();
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_WARM, 0), HOST_RESTARTED);
    assert_false(host.cpu[1].started);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_true(host.cpu[1].started);
    assert_int_equal(boot_record.reset_count, 1);
    // The second one asks, and stops; the first one, which waits for that, starts anew.
    start();
    run_until(47 * MS);
    host_cpu = 1;
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_COLD, 0), HOST_DONE);
    host_cpu = 0;
    assert_false(host.cpu[1].started);
    assert_int_equal(host_settle(), HOST_RESTARTED);
}

/// Two end the system: the second one leaves it to the first. Shows REQ-SMP-007
static void ended_once(void **state)
{
    (void)state;
    start();
    run_until(47 * MS);
    host.cpus_deaf = 2;
    assert_int_equal(call_end(SEP_HC_system_halt, 0, 0), HOST_STOPPED);
    host_cpu = 1;
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_WARM, 0), HOST_DONE);
    assert_false(host.cpu[1].started);
    host_cpu = 0;
}

/// Shows REQ-BOOT-009
static void does_not_start(void **state)
{
    (void)state;
    describe();
    host.cpus_dead = 2;
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_console("configuration refused: a processor does not start");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_across),
        cmocka_unit_test(halted_and_reset),
        cmocka_unit_test(suspended_and_shut_down),
        cmocka_unit_test(events_there),
        cmocka_unit_test(text_from_there),
        cmocka_unit_test(pools_across),
        cmocka_unit_test(wakes_in_a_pool),
        cmocka_unit_test(plans_switch_together),
        cmocka_unit_test(ended_by_each),
        cmocka_unit_test(restarted_by_each),
        cmocka_unit_test(ended_once),
        cmocka_unit_test(does_not_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
