// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: every transition from every state, by itself and by a system partition.

#include "system.h"

#include <kernel/panic.h>

enum { BOSS, VICTIM, OTHER };

static void describe(void)
{
    system_reset();
    (void)system_partition("boss", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("victim", SEP_PARTITION_BOOT);
    (void)system_partition("other", SEP_PARTITION_BOOT);
    system_simple_plan(9 * MS, 3 * MS);
}

static void start(void)
{
    describe();
    system_boot();
    run_until(9 * MS + US); // everybody has been loaded; boss runs
    assert_int_equal(running_id(), BOSS);
}

// Puts the victim into a state; boss runs afterwards.
static void victim_in(enum sep_state state)
{
    start();
    if (state == SEP_STATE_HALTED) {
        assert_int_equal(call(SEP_HC_partition_halt, VICTIM), SEP_OK);
    } else if (state == SEP_STATE_SUSPENDED) {
        assert_int_equal(call(SEP_HC_partition_suspend, VICTIM), SEP_OK);
    } else if (state == SEP_STATE_LOADING) {
        assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD, 5), SEP_OK);
    }
    assert_int_equal(partition_status(VICTIM).state, state);
}

// The victim runs in its next slot.
static void expect_victim(bool runs)
{
    run_until(9 * MS + 4 * MS);
    assert_int_equal(running_id(), runs ? VICTIM * 16 : -1);
    run_until(9 * MS + 7 * MS);
    assert_int_equal(running_id(), OTHER * 16);
}

/// Shows REQ-PART-001, REQ-PART-002, REQ-PART-003
static void transitions(void **state)
{
    static const struct {
        uint32_t call;
        sep_status_t status[5]; ///< from halted, ready, suspended, -, loading
        bool runs[5];
    } row[] = {
        {SEP_HC_partition_halt,
         {SEP_NO_ACTION, SEP_OK, SEP_OK, 0, SEP_OK},
         {false, false, false, false, false}},
        {SEP_HC_partition_suspend,
         {SEP_INVALID_MODE, SEP_OK, SEP_NO_ACTION, 0, SEP_OK},
         {false, false, false, false, false}},
        {SEP_HC_partition_resume,
         {SEP_INVALID_MODE, SEP_NO_ACTION, SEP_OK, 0, SEP_NO_ACTION},
         {false, true, true, false, true}},
        {SEP_HC_partition_reset,
         {SEP_OK, SEP_OK, SEP_OK, 0, SEP_OK},
         {true, true, true, false, true}},
        {SEP_HC_partition_shutdown,
         {SEP_INVALID_MODE, SEP_OK, SEP_OK, 0, SEP_INVALID_MODE},
         {false, true, false, false, true}},
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        for (uint32_t from = 0; from < 5; from++) {
            if (from != SEP_STATE_IDLE) {
                victim_in((enum sep_state)from);
                assert_int_equal(call(row[i].call, VICTIM), row[i].status[from]);
                expect_victim(row[i].runs[from]);
            }
        }
    }
}

/// Shows REQ-PART-008
static void permissions(void **state)
{
    const uint32_t calls[] = {SEP_HC_partition_status,  SEP_HC_partition_halt,
                              SEP_HC_partition_suspend, SEP_HC_partition_resume,
                              SEP_HC_partition_reset,   SEP_HC_partition_shutdown};

    (void)state;
    start();
    for (uint32_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        assert_int_equal(call(calls[i], 3, SYSTEM_DATA), SEP_INVALID_PARAM);
        assert_int_equal(call(calls[i], (sep_word_t)-2, SYSTEM_DATA), SEP_INVALID_PARAM);
        assert_int_equal(call(calls[i], (sep_word_t)1 << 32, SYSTEM_DATA), SEP_INVALID_PARAM);
    }
    run_until(9 * MS + 7 * MS);
    assert_int_equal(running_id(), OTHER * 16);
    for (uint32_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        assert_int_equal(call(calls[i], VICTIM, SYSTEM_DATA), SEP_NO_PERMISSION);
        assert_int_equal(call(calls[i], BOSS, SYSTEM_DATA), SEP_NO_PERMISSION);
        assert_int_equal(call(calls[i], 3, SYSTEM_DATA), SEP_INVALID_PARAM);
    }
    assert_int_equal(call(SEP_HC_partition_status, OTHER, SYSTEM_DATA), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_shutdown, OTHER), SEP_OK);
    assert_int_equal(partitions[VICTIM].state, SEP_STATE_READY);
    assert_int_equal(partitions[BOSS].state, SEP_STATE_READY);
}

/// Shows REQ-PART-001, REQ-PART-002, REQ-PART-006
static void oneself(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    assert_int_equal(call(SEP_HC_partition_resume, SEP_SELF), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_partition_suspend, SEP_SELF), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(18 * MS + 4 * MS);
    assert_int_equal(running_id(), -1);
    run_until(27 * MS + US);
    assert_int_equal(call(SEP_HC_partition_resume, VICTIM), SEP_OK);
    run_until(27 * MS + 4 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 77), SEP_OK);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(partition_status(SEP_SELF).reset_code, 77);
    assert_int_equal(partition_status(VICTIM).reset_count, 1);
    assert_int_equal(call(SEP_HC_partition_halt, VICTIM), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(36 * MS + 4 * MS);
    assert_int_equal(running_id(), -1);
    run_until(36 * MS + 7 * MS);
    assert_int_equal(running_id(), OTHER * 16);
}

/// Shows REQ-PART-009, REQ-PART-010
static void modes(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    assert_int_equal(partition_status(SEP_SELF).mode, SEP_MODE_COLD);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_NORMAL), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_NORMAL), SEP_NO_ACTION);
    assert_int_equal(partition_status(SEP_SELF).mode, SEP_MODE_NORMAL);
    assert_int_equal(call(SEP_HC_partition_set_mode, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_partition_set_mode, (sep_word_t)-1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_partition_set_mode, (sep_word_t)1 << 32), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_WARM), SEP_OK);
    assert_int_equal(partition_status(SEP_SELF).mode, SEP_MODE_WARM);
    assert_int_equal(partition_status(SEP_SELF).reset_count, 1);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_COLD), SEP_OK);
    run(1 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(partition_status(SEP_SELF).mode, SEP_MODE_COLD);
    assert_int_equal(partition_status(SEP_SELF).reset_count, 2);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_IDLE), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(18 * MS + US);
    assert_int_equal(partition_status(VICTIM).mode, SEP_MODE_IDLE);
    assert_int_equal(partition_status(VICTIM).state, SEP_STATE_HALTED);
}

/// Shows REQ-PART-006, REQ-PART-012
static void reset_forgets(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    take_interrupts(0xffffffffu & ~SEP_IRQ_BIT(SEP_IRQ_SLOT_START));
    assert_int_equal(call(SEP_HC_irq_disable), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 19 * MS, MS), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_EXEC, 5 * MS, MS), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_WATCHDOG, 19 * MS, MS), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_shutdown, SEP_SELF), SEP_OK);
    running()->context.saved_pc = 0xdeadbeef;
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 1), SEP_OK);
    assert_int_equal(irq_status().pending, 0);
    assert_int_equal(irq_status().masked, 0xffffffff);
    assert_int_equal(irq_status().enabled, 0);
    assert_int_equal(running()->context.trap_table, 0);
    assert_int_equal(running()->context.saved_pc, 0);
    assert_int_equal(running()->context.pc, SYSTEM_RAM + 0x40u);
    assert_int_equal(running()->context.arguments[0], SYSTEM_INFO);
    assert_int_equal(running()->context.arguments[1], 0);
    assert_int_equal(running()->context.arguments[2], 0);
    assert_int_equal(running()->context.stack_pointer, SYSTEM_RAM + SYSTEM_RAM_SIZE);
    run_until(40 * MS + US);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(partition_status(SEP_SELF).event_count, 0);
    assert_int_equal(irq_status().pending & 3u, 0);
}

/// Shows REQ-PART-005
static void warm_keeps_memory(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    guest_put_word(VICTIM, SYSTEM_DATA, 0x12345678);
    guest_put_word(VICTIM, SYSTEM_RAM, 0x87654321);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 1), SEP_OK);
    assert_int_equal(guest_word(VICTIM, SYSTEM_DATA), 0x12345678);
    assert_int_equal(guest_word(VICTIM, SYSTEM_RAM), 0x87654321);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 2), SEP_OK);
    run(1 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(guest_word(VICTIM, SYSTEM_DATA), 0);
    assert_int_equal(guest_word(VICTIM, SYSTEM_RAM) & 0xffu, system_image_byte(VICTIM, 0));
}

/// Shows REQ-PART-003, REQ-HC-002
static void reset_refusals(void **state)
{
    (void)state;
    victim_in(SEP_STATE_LOADING);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_NORMAL, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, (sep_word_t)-1, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    assert_int_equal(partition_status(VICTIM).reset_count, 1);
    assert_int_equal(partition_status(VICTIM).reset_code, 5);
    // Halted before it was ever loaded completely: only a cold reset can start it.
    assert_int_equal(call(SEP_HC_partition_halt, VICTIM), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    assert_int_equal(call(SEP_HC_partition_status, VICTIM, SYSTEM_DATA + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_partition_status, VICTIM, SYSTEM_INFO), SEP_INVALID_ADDRESS);
}

/// Halted and warm-reset: memory as it was. Shows REQ-PART-005, REQ-PART-001
static void warm_after_halt(void **state)
{
    (void)state;
    victim_in(SEP_STATE_HALTED);
    guest_put_word(VICTIM, SYSTEM_DATA, 99);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, 3), SEP_OK);
    assert_int_equal(partition_status(VICTIM).state, SEP_STATE_READY);
    expect_victim(true);
    assert_int_equal(guest_word(VICTIM, SYSTEM_DATA), 99);
}

// The victim runs; its description has a reset policy.
static void with_policy(uint32_t flag)
{
    describe();
    system_of(VICTIM)->record.flags |= flag;
    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        if (event != SEP_EVENT_INTEGRITY) { // an image that is damaged is not run again
            system_action(VICTIM, (enum sep_event)event,
                          event % 2u == 0u ? SEP_ACTION_WARM_RESET : SEP_ACTION_COLD_RESET);
        }
    }
    system_boot();
    run_until(9 * MS + 4 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    take_interrupts(0);
}

/// Shows REQ-PART-016
static void cold_resets_only(void **state)
{
    (void)state;
    with_policy(SEP_PARTITION_COLD_ONLY);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_WARM), SEP_INVALID_CONFIG);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 1), SEP_INVALID_CONFIG);
    assert_int_equal(partition_status(SEP_SELF).reset_count, 0);
    run_until(18 * MS + US);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, 1), SEP_INVALID_CONFIG);
    assert_int_equal(partition_status(VICTIM).state, SEP_STATE_READY);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD, 2), SEP_OK);
    assert_int_equal(partition_status(VICTIM).reset_code, 2);
    run_until(18 * MS + 5 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    // The monitor's warm reset is a cold one.
    guest_put_word(VICTIM, SYSTEM_DATA, 99);
    assert_int_equal(fault(SEP_EVENT_MEM_ALIGNMENT), HOST_DONE);
    run(500 * US);
    assert_int_equal(partitions[VICTIM].reset_count, 2);
    assert_int_equal(partitions[VICTIM].mode, SEP_MODE_COLD);
    run_until(27 * MS + 4 * MS);
    assert_int_equal(guest_word(VICTIM, SYSTEM_DATA), 0);
}

/// Shows REQ-PART-016
static void no_resets(void **state)
{
    (void)state;
    for (uint32_t event = SEP_EVENT_WATCHDOG; event <= SEP_EVENT_PARTITION_ERROR; event++) {
        with_policy(SEP_PARTITION_NO_RESET);
        for (uint32_t mode = SEP_MODE_COLD; mode <= SEP_MODE_WARM; mode++) {
            assert_int_equal(call(SEP_HC_partition_set_mode, mode), SEP_INVALID_CONFIG);
            assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, mode, 1), SEP_INVALID_CONFIG);
        }
        run_until(18 * MS + US);
        assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD), SEP_INVALID_CONFIG);
        assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM), SEP_INVALID_CONFIG);
        run_until(18 * MS + 4 * MS);
        assert_int_equal(running_id(), VICTIM * 16);
        assert_int_equal(partition_status(SEP_SELF).reset_count, 0);
        // The monitor's resets halt it, for good.
        assert_int_equal(fault((enum sep_event)event), HOST_DONE);
        assert_int_equal(partitions[VICTIM].state, SEP_STATE_HALTED);
        run_until(27 * MS + US);
        assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD), SEP_INVALID_CONFIG);
        assert_int_equal(partition_status(VICTIM).reset_count, 0);
        assert_int_equal(partition_status(VICTIM).state, SEP_STATE_HALTED);
    }
}

/// Shows REQ-PART-007
static void shutdown_request(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_SHUTDOWN));
    run_until(18 * MS + US);
    assert_int_equal(call(SEP_HC_partition_shutdown, VICTIM), SEP_OK);
    assert_int_equal(partition_status(VICTIM).state, SEP_STATE_READY);
    run_until(18 * MS + 4 * MS);
    assert_int_equal(running()->context.log.per_irq[SEP_IRQ_SHUTDOWN], 1);
}

/// A suspended partition keeps what is pending, and its timers. Shows REQ-PART-002
static void suspended_keeps(void **state)
{
    (void)state;
    start();
    run_until(9 * MS + 4 * MS);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 20 * MS, 0), SEP_OK);
    guest_put_word(VICTIM, SYSTEM_DATA, 4711);
    running()->context.pc = 0x10000123;
    run_until(18 * MS + US);
    assert_int_equal(call(SEP_HC_partition_suspend, VICTIM), SEP_OK);
    run_until(45 * MS + US);
    assert_int_equal(call(SEP_HC_partition_resume, VICTIM), SEP_OK);
    run_until(45 * MS + 4 * MS);
    assert_int_equal(running_id(), VICTIM * 16);
    assert_int_equal(running()->context.log.per_irq[SEP_IRQ_TIMER_HW], 1);
    assert_int_equal(running()->context.saved_pc, 0x10000123);
    assert_int_equal(guest_word(VICTIM, SYSTEM_DATA), 4711);
}

/// A partition that resets itself in a loop: the others keep their slots to the tick. Shows
/// REQ-PART-011
static void reset_loop(void **state)
{
    (void)state;
    start();
    host.cost_byte_ns = 3;
    for (uint64_t frame = 1; frame < 50; frame++) {
        run_until(frame * 9 * MS + 3 * MS + US);
        while (running_id() == VICTIM * 16 && now() < frame * 9 * MS + 5900 * US) {
            assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, frame % 2u, 0), SEP_OK);
            run(10 * US);
        }
        run_until(frame * 9 * MS + 6 * MS + 200);
        assert_int_equal(running_id(), OTHER * 16);
        assert_in_range(host_ns(host.count.switched_at), 0, UINT64_MAX);
        assert_true(now() < frame * 9 * MS + 6 * MS + US);
    }
    assert_true(partitions[VICTIM].reset_count > 100u);
}

/// Shows REQ-BOOT-005, REQ-PART-001
static void waits_without_the_boot_flag(void **state)
{
    (void)state;
    describe();
    system_of(VICTIM)->record.flags = 0;
    system_boot();
    run_until(9 * MS + US);
    assert_int_equal(partition_status(VICTIM).state, SEP_STATE_HALTED);
    assert_int_equal(partition_status(VICTIM).mode, SEP_MODE_IDLE);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, 0), SEP_INVALID_MODE);
    assert_int_equal(call(SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD, 0), SEP_OK);
    expect_victim(true);
}

/// Shows REQ-BOOT-008, REQ-BOOT-006
static void all_halted(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_partition_halt, VICTIM), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_halt, OTHER), SEP_OK);
    assert_int_equal(call_end(SEP_HC_partition_halt, SEP_SELF, 0), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_OK);
    assert_console("halt: every partition is halted status 0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transitions),      cmocka_unit_test(permissions),
        cmocka_unit_test(oneself),          cmocka_unit_test(modes),
        cmocka_unit_test(reset_forgets),    cmocka_unit_test(warm_keeps_memory),
        cmocka_unit_test(reset_refusals),   cmocka_unit_test(warm_after_halt),
        cmocka_unit_test(shutdown_request), cmocka_unit_test(suspended_keeps),
        cmocka_unit_test(reset_loop),       cmocka_unit_test(waits_without_the_boot_flag),
        cmocka_unit_test(all_halted),       cmocka_unit_test(cold_resets_only),
        cmocka_unit_test(no_resets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
