// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events of the hypervisor itself, and what partitions' events do to it.

#include "system.h"

#include <string.h>

#include <hal/boot.h>
#include <kernel/boot.h>
#include <kernel/panic.h>
#include <kernel/scrub.h>
#include <septum/log.h>

#include "../../services/hm/hm.h"

static void describe(void)
{
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
    system_frame(1, 10 * MS);
    system_slot(1, 0, 8 * MS, 0, 0);
}

/// Shows REQ-HM-005, REQ-BOOT-006
static void hypervisor_halt(void **state)
{
    (void)state;
    describe();
    system_action(1, SEP_EVENT_INTEGRITY, SEP_ACTION_HYPERVISOR_HALT);
    system_boot();
    run_until(5 * MS);
    assert_int_equal(fault(SEP_EVENT_INTEGRITY), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_EVENT);
    assert_console("HM: second event integrity action hypervisor-halt");
    assert_console("halt: health monitor status 1\n");
}

/// Resets of the hypervisor, so many since power-on; both kinds keep the log. Shows REQ-HM-005,
/// REQ-HM-008, REQ-HM-010
static void hypervisor_resets(void **state)
{
    (void)state;
    describe();
    system_action(0, SEP_EVENT_INTEGRITY, SEP_ACTION_HYPERVISOR_WARM_RESET);
    system_action(0, SEP_EVENT_STACK, SEP_ACTION_IGNORE);
    system_own_restarts(2);
    system_boot();
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    assert_int_equal(fault(SEP_EVENT_INTEGRITY), HOST_RESTARTED);
    assert_console("HM: first event integrity action hypervisor-warm-reset");
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(boot_record.reset_count, 1);
    assert_int_equal(hm_log.head->count, 2);
    assert_int_equal(hm_record(1)->event, SEP_EVENT_INTEGRITY);
    assert_int_equal(hm_record(1)->reset_count, 0);
    assert_int_equal(fault(SEP_EVENT_INTEGRITY), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(hm_record(2)->reset_count, 1);
    assert_int_equal(fault(SEP_EVENT_INTEGRITY), HOST_STOPPED);
    assert_console("HM: first event integrity action hypervisor-halt");
    describe();
    system_action(0, SEP_EVENT_INTEGRITY, SEP_ACTION_HYPERVISOR_COLD_RESET);
    system_boot();
    assert_int_equal(fault(SEP_EVENT_INTEGRITY), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(boot_record.reset_count, 0);
    assert_int_equal(hm_log.head->count, 1);
    assert_int_equal(hm_record(0)->action, SEP_ACTION_HYPERVISOR_COLD_RESET);
}

/// The hypervisor's own fault, with each action. Shows REQ-HM-015, REQ-BOOT-010
static void internal_error(void **state)
{
    const struct hal_fault what = {
        .event = SEP_EVENT_INTERNAL_ERROR, .code = 0x29, .pc = 0x40001234, .address = 0xdead0000};

    (void)state;
    describe();
    system_boot();
    assert_int_equal(host_panic(&what), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_PANIC);
    assert_console("HM: hypervisor event internal-error action hypervisor-halt code 0x00000029");
    assert_console("halt: fault in the hypervisor status 3\n");
    assert_int_equal(host_panic(&what), HOST_STOPPED); // again on the way: no second try
    assert_int_equal(hm_log.head->count, 1);
    describe();
    system_own_action(SEP_EVENT_INTERNAL_ERROR, SEP_ACTION_HYPERVISOR_WARM_RESET);
    system_boot();
    assert_int_equal(host_panic(&what), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(hm_log.head->count, 1);
    assert_int_equal(hm_record(0)->partition, SEP_LOG_HYPERVISOR);
    assert_int_equal(hm_record(0)->pc, 0x40001234);
    describe();
    system_own_action(SEP_EVENT_INTERNAL_ERROR, SEP_ACTION_HYPERVISOR_COLD_RESET);
    system_boot();
    assert_int_equal(host_panic(&what), HOST_RESTARTED);
    assert_int_equal(boot_record.reset_count, 0);
    assert_int_equal(boot_record.event_resets, 1);
}

/// A fault before there are partitions has no record. Shows REQ-BOOT-010
static void early_fault(void **state)
{
    const struct hal_fault what = {.event = SEP_EVENT_INTERNAL_ERROR};

    (void)state;
    describe();
    system_log(0);
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host_panic(&what), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_PANIC);
}

// Damages a word of the hypervisor's code.
static void damage(uint32_t offset)
{
    host_memory(HOST_RAM_START + offset, 1)[0] ^= 0x10u;
}

// Long enough for every word to be looked at.
static void look_at_all(void)
{
    run_until(now() + 4 * S);
}

/// A damaged word of the hypervisor's own is found, wherever it lies, and once. Shows REQ-HM-016
static void scrubbed(void **state)
{
    static const uint32_t offsets[] = {0, 1, 0x1234, HOST_CODE_BYTES - 1u};

    (void)state;
    for (uint32_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        describe();
        system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE);
        system_boot();
        look_at_all();
        assert_int_equal(hm_log.head->count, 0);
        damage(offsets[i]);
        look_at_all();
        look_at_all();
        assert_int_equal(hm_log.head->count, 1);
        assert_int_equal(hm_record(0)->event, SEP_EVENT_INTEGRITY);
        assert_int_equal(hm_record(0)->partition, SEP_LOG_HYPERVISOR);
        assert_int_equal(hm_record(0)->code, SCRUB_CODE);
    }
    describe();
    system_boot();
    damage(HOST_CODE_BYTES); // behind the code: not ours to look at
    look_at_all();
    assert_int_equal(hm_log.head->count, 0);
}

/// So is one of the compiled configuration. Shows REQ-HM-016
static void scrubbed_configuration(void **state)
{
    (void)state;
    describe();
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE);
    system_boot();
    look_at_all();
    image.system->behind_traces ^= 1u;
    look_at_all();
    look_at_all();
    assert_int_equal(hm_log.head->count, 1);
    assert_int_equal(hm_record(0)->code, SCRUB_CONFIGURATION);
    image.text[image.header->text_size - 2u] ^= 1; // its last words
    look_at_all();
    assert_int_equal(hm_log.head->count, 2);
    damage(4); // and then the code again
    look_at_all();
    assert_int_equal(hm_log.head->count, 3);
    assert_int_equal(hm_record(2)->code, SCRUB_CODE);
}

/// What was damaged before a reset of the hypervisor is found at once behind it; what was loaded since is
/// right. Shows REQ-HM-016, REQ-HM-008
static void damaged_before_reset(void **state)
{
    (void)state;
    for (enum sep_mode mode = SEP_MODE_COLD; mode <= SEP_MODE_WARM; mode++) {
        describe();
        system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE);
        system_boot();
        assert_int_equal(call_end(SEP_HC_system_reset, mode, 0), HOST_RESTARTED);
        assert_int_equal(host_boot(), HOST_DONE);
        assert_int_equal(hm_log.head->count, 0);
        damage(8);
        assert_int_equal(host_run(2 * MS), HOST_DONE);
        assert_int_equal(call_end(SEP_HC_system_reset, mode, 0), HOST_RESTARTED);
        assert_int_equal(host_boot(), HOST_DONE);
        assert_int_equal(hm_log.head->count, 1);
        assert_int_equal(hm_record(0)->event, SEP_EVENT_INTEGRITY);
        assert_int_equal(host_run(5 * S), HOST_DONE);
        assert_int_equal(hm_log.head->count, 1); // one event in each life
        // A reset from outside: the memory is as it is, the log goes on, the code is what was loaded.
        assert_int_equal(host_boot(), HOST_DONE);
        assert_int_equal(host_run(5 * S), HOST_DONE);
        assert_int_equal(hm_log.head->count, 1);
    }
}

/// Two words that changed places are found, too. Shows REQ-HM-016
static void scrubbed_exchange(void **state)
{
    uint32_t *words;

    (void)state;
    describe();
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE);
    words = (uint32_t *)(void *)host_memory(HOST_RAM_START, 8);
    words[0] = 0x11111111;
    words[1] = 0x22222222;
    system_boot();
    words[0] = 0x22222222;
    words[1] = 0x11111111;
    look_at_all();
    assert_int_equal(hm_log.head->count, 1);
}

/// Events of the hypervisor that are no faults have no registers that could be told. Shows REQ-HM-004
static void own_without_registers(void **state)
{
    (void)state;
    describe();
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE);
    system_build();
    image.action[image.system->actions.first + SEP_EVENT_INTEGRITY].log = SEP_LOG_DUMP;
    system_seal();
    assert_int_equal(host_boot(), HOST_DONE);
    damage(8);
    assert_int_equal(host_run(5 * S), HOST_DONE);
    assert_console("HM: hypervisor event integrity action ignore");
    assert_null(strstr(host.console, "registers"));
}

/// What the hypervisor held when it failed is in the record. Shows REQ-HM-015, REQ-HM-004
static void own_registers(void **state)
{
    static struct hal_context held;
    const struct hal_fault what = {.event = SEP_EVENT_INTERNAL_ERROR, .pc = 1, .context = &held};

    (void)state;
    held.pc = 0x40001234;
    held.saved_pc = 0x40005678;
    describe();
    system_own_action(SEP_EVENT_INTERNAL_ERROR, SEP_ACTION_HYPERVISOR_HALT);
    system_build();
    image.action[image.system->actions.first + SEP_EVENT_INTERNAL_ERROR].log = SEP_LOG_DUMP;
    system_seal();
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(host_panic(&what), HOST_STOPPED);
    assert_int_equal(hm_record(0)->partition, SEP_LOG_HYPERVISOR);
    assert_int_equal(hm_record(0)->register_count, 5);
    assert_int_equal(hm_record(0)->registers[0], 0x40001234);
    assert_int_equal(hm_record(0)->registers[3], 0x40005678);
    assert_console("HM: hypervisor registers 0 0x0000000040001234");
}

/// Each action on the hypervisor's damaged memory. Shows REQ-HM-016, REQ-HM-015
static void scrubbed_actions(void **state)
{
    (void)state;
    describe();
    system_boot();
    damage(8);
    assert_int_equal(host_run(4 * S), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_EVENT);
    assert_console("HM: hypervisor event integrity action hypervisor-halt");
    describe();
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_HYPERVISOR_WARM_RESET);
    system_own_restarts(2);
    system_boot();
    damage(8);
    assert_int_equal(host_run(4 * S), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_RESTARTED); // no partition runs meanwhile
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_EVENT);
    assert_int_equal(hm_log.head->count, 3);
    assert_int_equal(hm_record(2)->action, SEP_ACTION_HYPERVISOR_HALT);
    describe();
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_MAINTENANCE_PLAN);
    system_boot();
    damage(8);
    look_at_all();
    assert_int_equal(cpu_this()->sched.current, SEP_PLAN_MAINTENANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hypervisor_halt),
        cmocka_unit_test(hypervisor_resets),
        cmocka_unit_test(internal_error),
        cmocka_unit_test(early_fault),
        cmocka_unit_test(scrubbed),
        cmocka_unit_test(scrubbed_actions),
        cmocka_unit_test(scrubbed_exchange),
        cmocka_unit_test(scrubbed_configuration),
        cmocka_unit_test(damaged_before_reset),
        cmocka_unit_test(own_without_registers),
        cmocka_unit_test(own_registers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
