// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts: pending and mask bits, device lines, slots, inter-partition interrupts.

#include "system.h"

#include <kernel/virq.h>

#define TIMER SEP_IRQ_BIT(SEP_IRQ_TIMER_HW)
#define DEVICE SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST)
#define LINE 5u

static const struct host_context_log *log_of(uint32_t partition)
{
    return &partitions[partition].vcpus[0].context.log;
}

static uint32_t delivered(uint32_t partition, uint32_t irq)
{
    return log_of(partition)->per_irq[irq];
}

static void describe(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    system_line(0, LINE);
    system_line(0, LINE + 1u);
    system_line(1, LINE + 2u);
    system_ipvi(0, 3, 6);
    system_ipvi(0, 7, 1);
    system_ipvi(1, 0, 1);
    system_simple_plan(10 * MS, 3 * MS);
}

// Runs until a time of the tests: the frame before 0 loads everybody.
#define EPOCH (10 * MS)
static void at(uint64_t ns)
{
    run_until(EPOCH + ns);
}

static void boot(void)
{
    system_boot();
    at(100);
    assert_int_equal(running_id(), 0);
}

static void start(void)
{
    describe();
    boot();
}

/// Shows REQ-IRQ-001, REQ-IRQ-003
static void masked_and_disabled(void **state)
{
    (void)state;
    start();
    assert_int_equal(irq_status().enabled, 0);
    assert_int_equal(irq_status().masked, 0xffffffff);
    assert_int_equal(irq_status().pending, SEP_IRQ_BIT(SEP_IRQ_SLOT_START));
    assert_int_equal(call(SEP_HC_trap_table_set, SYSTEM_RAM), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_clear, 0xffffffff), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, EPOCH + 1 * MS, 0), SEP_OK);
    at(1 * MS + US);
    assert_int_equal(irq_status().pending, TIMER);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(irq_status().enabled, 1);
    assert_int_equal(log_of(0)->deliveries, 0);
    assert_int_equal(call(SEP_HC_irq_disable), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_unmask, TIMER), SEP_OK);
    assert_int_equal(irq_status().masked, ~TIMER);
    assert_int_equal(log_of(0)->deliveries, 0);
    assert_true(log_of(0)->awaited >
                0u); // the architecture may have to notice when it can be delivered
    assert_int_equal(irq_status().pending, TIMER);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(log_of(0)->deliveries, 1);
    assert_int_equal(irq_status().pending, 0);
    assert_true(virq_deliver(running())); // there is nothing to deliver
    assert_int_equal(log_of(0)->deliveries, 1);
    assert_int_equal(irq_status().enabled, 0);
    assert_ptr_equal(log_of(0)->space, &partitions[0].space);
    assert_int_equal(call(SEP_HC_irq_mask, TIMER), SEP_OK);
    assert_int_equal(irq_status().masked, 0xffffffff);
    assert_int_equal(partition_status(SEP_SELF).virq_count, 1);
}

/// Cleared before it was delivered. Shows REQ-IRQ-003
static void cleared(void **state)
{
    (void)state;
    start();
    take_interrupts(TIMER);
    assert_int_equal(call(SEP_HC_irq_disable), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, EPOCH + 1 * MS, 0), SEP_OK);
    at(1 * MS + US);
    assert_int_equal(irq_status().pending & TIMER, TIMER);
    assert_int_equal(call(SEP_HC_irq_clear, TIMER), SEP_OK);
    assert_int_equal(irq_status().pending, SEP_IRQ_BIT(SEP_IRQ_SLOT_START)); // the others stay
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(log_of(0)->deliveries, 0);
}

/// Shows REQ-PART-006
static void forgotten_by_a_reset(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_irq_raise, 7), SEP_OK);
    assert_int_not_equal(irq_status().pending & 0xff00u, 0);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 0), SEP_OK);
    assert_int_equal(running_id(), 0);
    assert_int_equal(irq_status().pending, 0);
    assert_int_equal(irq_status().masked, 0xffffffff);
    // What comes while a partition is loaded, too.
    at(10 * MS + US);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    at(14 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(irq_status().pending, 0);
}

/// Shows REQ-IRQ-003, REQ-HC-002
static void refusals(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_irq_mask, (sep_word_t)1 << 32), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_irq_unmask, (sep_word_t)-1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_irq_clear, (sep_word_t)1 << 32), SEP_INVALID_PARAM);
    assert_int_equal(irq_status().masked, 0xffffffff);
    assert_int_equal(call(SEP_HC_irq_status, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_irq_status, SYSTEM_INFO), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_irq_status, SYSTEM_DATA + 2u), SEP_INVALID_ADDRESS);
}

/// Shows REQ-IRQ-002
static void lowest_first(void **state)
{
    (void)state;
    start();
    at(3 * MS + US);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_IPVI_FIRST + 3u));
    assert_int_equal(call(SEP_HC_irq_disable), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_unmask, 0xffffffff), SEP_OK);
    at(10 * MS + US);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_shutdown, 1), SEP_OK);
    at(13 * MS + US);
    for (uint32_t i = 0; i < 3; i++) {
        const uint32_t order[] = {SEP_IRQ_SHUTDOWN, SEP_IRQ_SLOT_START, SEP_IRQ_IPVI_FIRST + 3u};

        const uint32_t awaited = log_of(1)->awaited;

        assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
        assert_int_equal(log_of(1)->irq[i], order[i]);
        assert_int_equal(log_of(1)->awaited - awaited, i < 2u ? 1u : 0u); // the others wait
    }
    assert_int_equal(log_of(1)->deliveries, 3);
}

/// Shows REQ-IRQ-009
static void slot_start(void **state)
{
    (void)state;
    start();
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_SLOT_START));
    for (uint32_t i = 0; i < 10; i++) {
        assert_int_equal(delivered(0, SEP_IRQ_SLOT_START), i + 1u);
        assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
        at((i + 1u) * 10 * MS + US);
    }
    assert_int_equal(log_of(1)->deliveries, 0);
}

/// Shows REQ-IRQ-004, REQ-IRQ-006
static void device_level(void **state)
{
    (void)state;
    start();
    assert_false(host_line_enabled(LINE));
    host_line_assert(LINE);
    run(US);
    assert_int_equal(irq_status().pending & DEVICE, 0);
    take_interrupts(DEVICE);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 1);
    assert_int_equal(irq_status().masked & DEVICE, DEVICE);
    assert_false(host_line_enabled(LINE));
    assert_false(host_line_enabled(LINE + 1u));
    // Unmasked while the device still asserts its line: it comes again.
    assert_int_equal(call(SEP_HC_irq_unmask, DEVICE), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 2);
    host_line_deassert(LINE);
    assert_int_equal(call(SEP_HC_irq_unmask, DEVICE), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_true(host_line_enabled(LINE));
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 2);
    assert_int_equal(call(SEP_HC_irq_mask, DEVICE), SEP_OK);
    assert_false(host_line_enabled(LINE));
}

/// Shows REQ-IRQ-004, REQ-IRQ-005
static void device_in_anothers_slot(void **state)
{
    (void)state;
    start();
    take_interrupts(DEVICE);
    assert_true(host_line_enabled(LINE));
    at(4 * MS);
    assert_false(host_line_enabled(LINE));
    host_line_edge(LINE, true);
    host_line_assert(LINE);
    host_line_deassert(LINE);
    at(10 * MS - US);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 0);
    assert_int_equal(log_of(1)->deliveries, 0);
    at(10 * MS + US);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 1);
}

/// Lines that arrive together, one that is only pending. Shows REQ-IRQ-001, REQ-IRQ-004
static void two_lines(void **state)
{
    (void)state;
    start();
    take_interrupts(DEVICE | DEVICE << 1);
    host_line_assert(LINE);
    host_line_assert(LINE + 1u);
    run(US);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 1);
    assert_int_equal(irq_status().pending & (DEVICE << 1), DEVICE << 1);
    assert_false(host_line_enabled(LINE + 1u));
    assert_int_equal(call(SEP_HC_irq_unmask, 0), SEP_OK);
    assert_false(host_line_enabled(LINE + 1u)); // still pending
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST + 1u), 1);
}

/// A device wakes its owner within the slot. Shows REQ-VCPU-005, REQ-IRQ-004
static void device_wakes(void **state)
{
    (void)state;
    start();
    take_interrupts(DEVICE);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    at(1 * MS);
    assert_int_equal(running_id(), -1);
    host_line_assert(LINE);
    run(US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(delivered(0, SEP_IRQ_DEVICE_FIRST), 1);
}

/// Lines nobody owns, and kicks, are taken and forgotten. Shows REQ-IRQ-004
static void spurious(void **state)
{
    (void)state;
    start();
    take_interrupts(DEVICE);
    host.cpu[0].enabled |= 1u << 20;
    host_line_assert(20);
    host.cpu[0].kicked = true;
    host.cpu[0].timer_pending = true;
    run(US);
    assert_int_equal(log_of(0)->deliveries, 0);
    at(9 * MS + US);
    assert_int_equal(running_id(), -1);
    host_line_deassert(20);
    host_line_assert(20);
    run(US);
    assert_int_equal(running_id(), -1);
    at(20 * MS + US);
    assert_int_equal(running_id(), 0);
}

/// Shows REQ-IRQ-007, REQ-IRQ-008
static void inter_partition(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_irq_raise, SEP_IPVI_COUNT), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_irq_raise, (sep_word_t)-1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_irq_raise, 0), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_irq_raise, 4), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(partitions[0].vcpus[0].pending & 0xff00u, 0);
    assert_int_equal(call(SEP_HC_irq_raise, 7), SEP_OK);
    assert_int_equal(partitions[0].vcpus[0].pending & 0xff00u, 1u << 15);
    at(3 * MS + US);
    assert_int_equal(irq_status().pending & 0xff00u, 1u << 11);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_irq_raise, 0), SEP_OK);
    at(6 * MS + US);
    assert_int_equal(irq_status().pending & 0xff00u, 1u << 11);
    assert_int_equal(call(SEP_HC_irq_raise, 0), SEP_NO_PERMISSION);
    at(10 * MS + US);
    assert_int_equal(irq_status().pending & 0xff00u, 1u << 15 | 1u << 8);
}

/// An interrupt wakes a partition that idles, in its own slot only. Shows REQ-VCPU-005, REQ-IRQ-007
static void inter_partition_wakes(void **state)
{
    (void)state;
    describe();
    system_slot(0, 9 * MS, 1 * MS, 1, 0);
    boot();
    at(3 * MS + US);
    take_interrupts(0xff00u);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    at(10 * MS + US);
    assert_int_equal(call(SEP_HC_irq_raise, 3), SEP_OK);
    assert_int_equal(running_id(), 0);
    assert_int_equal(delivered(1, SEP_IRQ_IPVI_FIRST + 3u), 0);
    at(13 * MS + US);
    assert_int_equal(delivered(1, SEP_IRQ_IPVI_FIRST + 3u), 1);
}

/// Shows REQ-IRQ-010, REQ-HM-001
static void stack_cannot_take_it(void **state)
{
    (void)state;
    start();
    take_interrupts(TIMER);
    partitions[0].vcpus[0].context.log.refuse = true;
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 1, 0), SEP_OK);
    run(US);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(partitions[0].event_count, 1);
    at(3 * MS + US);
    assert_int_equal(running_id(), 16);
}

/// Delivery fails, and the configured action lets the partition go on. Shows REQ-IRQ-010, REQ-HM-003
static void undelivered_and_ignored(void **state)
{
    (void)state;
    describe();
    system_action(0, SEP_EVENT_UNEXPECTED_TRAP, SEP_ACTION_IGNORE);
    boot();
    assert_int_equal(call(SEP_HC_irq_unmask, TIMER), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 1, 0), SEP_OK);
    run(US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(log_of(0)->deliveries, 0);
    assert_int_equal(partition_status(SEP_SELF).event_count, 1);
    assert_int_equal(partition_status(SEP_SELF).virq_count, 0);
}

/// Interrupts of a partition that idles without being able to take them. Shows REQ-VCPU-005
static void idle_with_something_pending(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_SLOT_START)), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_irq_clear, 0xffffffff), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
}

/// What is masked becomes pending and wakes nobody before the next slot. Shows REQ-VCPU-005,
/// REQ-IRQ-003
static void masked_does_not_wake(void **state)
{
    (void)state;
    start();
    take_interrupts(DEVICE);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, EPOCH + 1 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    at(3 * MS - US);
    assert_int_equal(partitions[0].vcpus[0].pending & TIMER, TIMER);
    assert_int_equal(running_id(), -1);
    at(10 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(log_of(0)->deliveries, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masked_and_disabled),
        cmocka_unit_test(cleared),
        cmocka_unit_test(forgotten_by_a_reset),
        cmocka_unit_test(refusals),
        cmocka_unit_test(lowest_first),
        cmocka_unit_test(slot_start),
        cmocka_unit_test(device_level),
        cmocka_unit_test(device_in_anothers_slot),
        cmocka_unit_test(two_lines),
        cmocka_unit_test(device_wakes),
        cmocka_unit_test(spurious),
        cmocka_unit_test(inter_partition),
        cmocka_unit_test(inter_partition_wakes),
        cmocka_unit_test(stack_cannot_take_it),
        cmocka_unit_test(undelivered_and_ignored),
        cmocka_unit_test(idle_with_something_pending),
        cmocka_unit_test(masked_does_not_wake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
