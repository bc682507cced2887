// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor: events with their actions and limits.

#include "system.h"

#include <stdio.h>
#include <string.h>

#include <kernel/boot.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/virq.h>
#include <septum/log.h>

#include "../../services/hm/hm.h"

static void describe(void)
{
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
    system_frame(1, 20 * MS);
    system_slot(1, 0, 8 * MS, 0, 0);
    system_slot(1, 8 * MS, 8 * MS, 1, 0);
}

/// What an event of a partition allows, and one of the hypervisor's own.
static const struct {
    uint32_t partition, own;
} allowed[SEP_EVENT_COUNT] = {
#define ALLOWED(name, word, action, log, partition, standard, own) [name] = {(partition), (own)},
    SEP_EVENT_LIST(ALLOWED)
#undef ALLOWED
};

static bool allows(enum sep_event event, enum sep_action action)
{
    return (allowed[event].partition & SEP_ACTION_BIT(action)) != 0u;
}

// Boots and lets the first partition make a fault with an action. False: the event does not allow it.
static bool faulted(enum sep_event event, enum sep_action action)
{
    if (!allows(event, action)) {
        return false;
    }
    describe();
    system_action(0, event, action);
    system_boot();
    take_interrupts(0);
    assert_int_equal(fault(event), HOST_DONE);
    return true;
}

static void left_alone(enum sep_event event)
{
    assert_int_equal(running_id(), 0);
    assert_int_equal(partitions[0].event_count, 1);
    assert_int_equal(partitions[0].reset_count, 0);
    assert_int_equal(hm_record(0)->event, event);
}

static void warm(enum sep_event event)
{
    if (faulted(event, SEP_ACTION_WARM_RESET)) {
        assert_int_equal(partitions[0].mode, SEP_MODE_WARM);
        assert_int_equal(partitions[0].vcpus[0].context.log.starts, 2);
        assert_int_equal(running_id(), 0);
        assert_int_equal(partitions[1].event_count, 0);
        run_until(5 * MS);
        assert_int_equal(running_id(), 16);
        assert_int_equal(partitions[1].reset_count, 0);
    }
}

/// Every event with every action that it allows. Shows REQ-HM-001, REQ-HM-003, REQ-HM-006
static void actions(void **state)
{
    (void)state;
    for (enum sep_event event = 0; event < SEP_EVENT_COUNT; event++) {
        if (faulted(event, SEP_ACTION_IGNORE)) {
            left_alone(event);
        }
        if (faulted(event, SEP_ACTION_SUSPEND)) {
            assert_int_equal(partitions[0].state, SEP_STATE_SUSPENDED);
        }
        if (faulted(event, SEP_ACTION_HALT)) {
            assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
        }
        if (faulted(event, SEP_ACTION_COLD_RESET)) {
            assert_int_equal(partitions[0].reset_count, 1);
            assert_int_equal(partitions[0].reset_code, event);
            assert_int_equal(partitions[0].mode, SEP_MODE_COLD);
            run(1 * MS);
            assert_int_equal(running_id(), 0);
        }
        warm(event);
        if (faulted(event, SEP_ACTION_MAINTENANCE_PLAN)) {
            left_alone(event);
            run_until(10 * MS + 1);
            assert_int_equal(plan_status().current, SEP_PLAN_MAINTENANCE);
        }
    }
}

/// An action that the event's scope does not allow is refused at boot. Shows REQ-HM-007
static void matrix(void **state)
{
    (void)state;
    for (enum sep_event event = 0; event < SEP_EVENT_COUNT; event++) {
        for (enum sep_action action = 0; action < SEP_ACTION_COUNT; action++) {
            bool mine = allowed[event].partition == SEP_ACTIONS_NONE || allows(event, action);
            bool own = allowed[event].own == SEP_ACTIONS_NONE ||
                       (allowed[event].own & SEP_ACTION_BIT(action)) != 0u;

            describe();
            system_action(1, event, action);
            system_build();
            assert_int_equal(host_boot(), mine ? HOST_DONE : HOST_STOPPED);
            describe();
            system_own_action(event, action);
            system_build();
            assert_int_equal(host_boot(), own ? HOST_DONE : HOST_STOPPED);
        }
    }
}

static void refused(void)
{
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
}

/// Lists and logs of no sense do not boot. Shows REQ-HM-007, REQ-HM-008
static void senseless(void **state)
{
    static const uint32_t records[] = {1, 4, 24, SEP_LOG_RECORDS_MAX * 2u};

    (void)state;
    for (uint32_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        describe();
        system_build();
        image.system->log_records = records[i];
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
    }
    describe();
    system_log(0); // the tool's word for: no health monitor
    refused();
    assert_console("configuration refused: the log has another size");
    describe();
    system_build();
    image.system->arena_size = 16;
    system_seal();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_console("configuration refused: the arena is too small");
    describe();
    system_build();
    image.system->actions.count--;
    system_seal();
    assert_int_equal(host_boot(), HOST_STOPPED);
    describe();
    system_of(0)->action[SEP_EVENT_STACK].log = SEP_LOG_LEVEL_COUNT;
    refused();
    describe();
    system_of(0)->action[SEP_EVENT_STACK].action = SEP_ACTION_COUNT;
    refused();
    system_reset(); // one plan
    (void)system_partition("only", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
    system_action(0, SEP_EVENT_STACK, SEP_ACTION_MAINTENANCE_PLAN);
    refused();
}

/// Shows REQ-HM-002
static void propagated(void **state)
{
    (void)state;
    assert_true(faulted(SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_PROPAGATE));
    assert_int_equal(running_id(), 0);
    assert_int_equal(running()->context.log.faults, 1);
    assert_int_equal(running()->context.log.fault.event, SEP_EVENT_NUMERIC_ERROR);
    assert_int_equal(running()->context.log.fault.address, 0x20000000);
    host_return();
    running()->context.log.refuse = true;
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(hm_log.head->count, 3);
    assert_int_equal(hm_record(1)->action, SEP_ACTION_PROPAGATE);
    assert_int_equal(hm_record(2)->event, SEP_EVENT_STACK);
    assert_int_equal(hm_record(2)->action, SEP_ACTION_HALT);
}

/// A fault in the handler of a fault halts; one behind its return is propagated again. Shows REQ-HM-009
static void fault_in_handler(void **state)
{
    (void)state;
    assert_true(faulted(SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_PROPAGATE));
    host_return();
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    assert_int_equal(running()->context.log.faults, 2);
    // A virtual interrupt in the handler, returned from: it is the handler still.
    running()->context.irq_enabled = true;
    run_until(10 * MS + 1);
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_SLOT_START)), SEP_OK);
    assert_int_equal(running()->context.log.deliveries, 1);
    host_return();
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(hm_record(2)->event, SEP_EVENT_NUMERIC_ERROR);
    assert_int_equal(hm_record(2)->action, SEP_ACTION_HALT);
    // A fresh start has no handler under way.
    assert_true(faulted(SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_PROPAGATE));
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 0), SEP_OK);
    take_interrupts(0);
    assert_int_equal(running()->handling, 0);
}

/// Who takes interrupts in its handler is in it still. Shows REQ-HM-009
static void fault_with_interrupts_on(void **state)
{
    (void)state;
    assert_true(faulted(SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_PROPAGATE));
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(hm_record(1)->action, SEP_ACTION_HALT);
}

/// A return from a virtual interrupt alone counts for nothing, and what became pending meanwhile is
/// delivered at the return. Shows REQ-HM-009, REQ-IRQ-010
static void returns(void **state)
{
    (void)state;
    describe();
    system_boot();
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_SHUTDOWN));
    virq_raise(running(), SEP_IRQ_SHUTDOWN);
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    assert_int_equal(running()->context.log.deliveries, 1);
    virq_raise(running(), SEP_IRQ_SHUTDOWN);
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    assert_int_equal(running()->context.log.deliveries, 1); // it takes none now
    running()->context.irq_enabled = true;
    host_return();
    assert_int_equal(running()->handling, 0);
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    assert_int_equal(running()->context.log.deliveries, 2);
}

/// A warm reset of what was never loaded is a cold one. Shows REQ-HM-001, REQ-LOAD-002
static void warm_reset_while_loading(void **state)
{
    (void)state;
    describe();
    system_action(0, SEP_EVENT_WATCHDOG, SEP_ACTION_WARM_RESET);
    system_build();
    host.cost_byte_ns = 30;
    assert_int_equal(host_boot(), HOST_DONE);
    event_raise_plain(&partitions[0].vcpus[0], SEP_EVENT_WATCHDOG, 0);
    assert_int_equal(partitions[0].reset_count, 1);
    assert_int_equal(partitions[0].mode, SEP_MODE_COLD);
    assert_int_equal(partitions[0].vcpus[0].context.log.starts, 0);
}

/// Shows REQ-HM-011
static void raised_by_itself(void **state)
{
    (void)state;
    describe();
    system_boot();
    run_until(5 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(call(SEP_HC_hm_raise, 77, 88), SEP_OK);
    assert_int_equal(partitions[1].state, SEP_STATE_HALTED);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_PARTITION_ERROR);
    assert_int_equal(hm_record(0)->partition, 1);
    assert_int_equal(hm_record(0)->code, 77);
    assert_int_equal(hm_record(0)->detail, 88);
    assert_int_equal(hm_record(0)->action, SEP_ACTION_HALT);
}

/// Shows REQ-HM-012
static void misuse(void **state)
{
    (void)state;
    describe();
    system_boot();
    run_until(5 * MS);
    assert_int_equal(call(SEP_HC_COUNT), SEP_UNKNOWN_HYPERCALL);
    assert_int_equal(call(SEP_HC_system_halt), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_partition_halt, 0), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_hm_status, SYSTEM_DATA), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_hm_read, 0, SYSTEM_DATA), SEP_NO_PERMISSION);
    assert_int_equal(partitions[1].event_count, 5);
    assert_int_equal(hm_log.head->count, 5);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_ILLEGAL_HYPERCALL);
    assert_int_equal(hm_record(0)->code, (uint32_t)-SEP_UNKNOWN_HYPERCALL);
    assert_int_equal(hm_record(1)->code, (uint32_t)-SEP_NO_PERMISSION);
    describe();
    system_action(1, SEP_EVENT_ILLEGAL_HYPERCALL, SEP_ACTION_HALT);
    system_boot();
    run_until(5 * MS);
    assert_int_equal(call(SEP_HC_system_halt), SEP_NO_PERMISSION);
    assert_int_equal(partitions[1].state, SEP_STATE_HALTED);
}

/// A slot's end that is handled late is charged to who executed until then. Shows REQ-HM-014
static void overrun(void **state)
{
    (void)state;
    describe();
    system_boot();
    run_until(3900 * US);
    host_pass(host_ticks(100 * US + (CONFIG_OVERRUN_US - 1) * US)); // not yet
    run(1);
    assert_int_equal(running_id(), 16);
    assert_int_equal(partitions[0].event_count, 0);
    run_until(7 * MS);
    host_pass(host_ticks(1 * MS + (CONFIG_OVERRUN_US + 50) * US));
    run(1);
    assert_int_equal(partitions[0].event_count, 0);
    assert_int_equal(partitions[1].event_count, 1);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_OVERRUN);
    assert_in_range(hm_record(0)->code, CONFIG_OVERRUN_US + 49, CONFIG_OVERRUN_US + 60); // us
    // A gap is nobody's, and neither is a slot in which nobody executes.
    run_until(9 * MS);
    host_pass(host_ticks(2 * MS));
    run(1);
    run_until(11 * MS + 500 * US);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    host_pass(host_ticks(4 * MS));
    run(1);
    assert_int_equal(partitions[0].event_count + partitions[1].event_count, 1);
}

/// Shows REQ-HM-017
static void overflow(void **state)
{
    uint32_t channel;

    (void)state;
    describe();
    channel = system_channel(16, 1, 0);
    (void)system_port(0, "other", SEP_PORT_DESTINATION, system_channel(16, 1, 0));
    (void)system_port(1, "in", SEP_PORT_DESTINATION, channel);
    (void)system_port(0, "out", SEP_PORT_SOURCE, channel);
    (void)system_port(1, "other", SEP_PORT_SOURCE, 1);
    system_boot();
    assert_int_equal(call(SEP_HC_queuing_send, 1, SYSTEM_DATA, 8), SEP_OK);
    assert_int_equal(partitions[0].event_count, 0);
    assert_int_equal(call(SEP_HC_queuing_send, 1, SYSTEM_DATA, 8), SEP_NOT_AVAILABLE);
    assert_int_equal(partitions[0].event_count, 1);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_MESSAGE_OVERFLOW);
    assert_int_equal(hm_record(0)->code, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actions),
        cmocka_unit_test(returns),
        cmocka_unit_test(overflow),
        cmocka_unit_test(matrix),
        cmocka_unit_test(senseless),
        cmocka_unit_test(propagated),
        cmocka_unit_test(fault_in_handler),
        cmocka_unit_test(fault_with_interrupts_on),
        cmocka_unit_test(warm_reset_while_loading),
        cmocka_unit_test(raised_by_itself),
        cmocka_unit_test(misuse),
        cmocka_unit_test(overrun),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
