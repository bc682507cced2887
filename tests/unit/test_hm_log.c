// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log: records, what the console tells of them, and the calls that read them.

#include "system.h"

#include <string.h>

#include <kernel/boot.h>
#include <kernel/events.h>
#include <septum/log.h>

#include "../../services/hm/hm.h"

static void describe(void)
{
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
}

// Boots and lets the first partition make a fault that is ignored.
static void faulted(enum sep_event event)
{
    describe();
    system_action(0, event, SEP_ACTION_IGNORE);
    system_boot();
    assert_int_equal(fault(event), HOST_DONE);
}

static void boots_after_reset(enum sep_mode mode, void (*damage)(struct sep_log *head),
                              uint32_t count)
{
    struct sep_log *head;

    faulted(SEP_EVENT_STACK);
    head = hm_log.head;
    assert_int_equal(call_end(SEP_HC_system_reset, mode, 0), HOST_RESTARTED);
    damage(head);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_ptr_equal(hm_log.head, head);
    assert_int_equal(hm_log.head->count, count);
    assert_int_equal(hm_log.head->capacity, SEP_LOG_RECORDS_DEFAULT);
    assert_int_equal(hm_log.head->magic, SEP_LOG_MAGIC);
}

static void boots_after(void (*damage)(struct sep_log *head), uint32_t count)
{
    boots_after_reset(SEP_MODE_WARM, damage, count);
    boots_after_reset(SEP_MODE_COLD, damage, count);
}

static void no_damage(struct sep_log *head)
{
    (void)head;
}

static void damage_magic(struct sep_log *head)
{
    head->magic++;
}

static void damage_kind(struct sep_log *head)
{
    head->kind = SEP_LOG_TRACE;
}

static void damage_size(struct sep_log *head)
{
    head->record_size = 8;
}

static void damage_capacity(struct sep_log *head)
{
    head->capacity *= 2u;
}

/// A log outlives a restart, warm or cold, where its head is sound; at power-on there is none. Shows REQ-HM-008
static void log_survives(void **state)
{
    (void)state;
    boots_after(no_damage, 1);
    boots_after(damage_magic, 0);
    boots_after(damage_kind, 0);
    boots_after(damage_size, 0);
    boots_after(damage_capacity, 0);
    // A head that was left in memory, sound by chance.
    faulted(SEP_EVENT_STACK);
    boot_record = (struct boot_record){0};
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(hm_log.head->count, 0);
}

/// Shows REQ-HM-004
static void records(void **state)
{
    const struct sep_hm_record *record;

    (void)state;
    faulted(SEP_EVENT_MEM_PROTECTION);
    assert_int_equal(hm_log.head->count, 1);
    record = hm_record(0);
    assert_int_equal(record->number, 0);
    assert_int_equal(record->partition, 0);
    assert_int_equal(record->vcpu, 0);
    assert_int_equal(record->action, SEP_ACTION_IGNORE);
    assert_int_equal(record->event, SEP_EVENT_MEM_PROTECTION);
    assert_int_equal(record->code, 9);
    assert_int_equal(record->detail, 0x326);
    assert_int_equal(record->granule, 4);
    assert_int_equal(record->address, 0x20000000);
    assert_int_equal(record->pc, 0x10000040);
    assert_int_equal(record->register_count, 5);
    assert_int_equal(record->registers[1], SYSTEM_RAM + SYSTEM_RAM_SIZE);
    host.uart_ns = 0;
    run_until(100 * MS);
    assert_console("HM: first event mem-protection action ignore code 0x");
    assert_console("known to 4 bytes");
    assert_null(
        strstr(strstr(host.console, "HM: first event") + 1, "HM: first event")); // told once
    assert_null(strstr(host.console, "registers"));
}

/// The time is the event's own, not that of the event before. Shows REQ-HM-004
static void record_time(void **state)
{
    (void)state;
    describe();
    system_action(0, SEP_EVENT_STACK, SEP_ACTION_IGNORE);
    system_boot();
    run_until(1 * MS);
    host_pass(host_ticks(1 * MS));
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    assert_int_equal(hm_record(0)->time / MS, 2);
}

/// Registers on the console where the description wants them. Shows REQ-HM-004
static void register_dump(void **state)
{
    (void)state;
    describe();
    system_of(0)->action[SEP_EVENT_STACK] =
        (struct sep_cfg_action){SEP_ACTION_IGNORE, SEP_LOG_DUMP};
    system_boot();
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    run_until(500 * MS);
    assert_console("HM: first registers 0 0x");
    assert_console("HM: first registers 4 0x");
    assert_null(strstr(host.console, "HM: first registers 8 0x"));
}

/// What is overwritten before its registers are out is given up. Shows REQ-HM-004
static void register_dump_lost(void **state)
{
    (void)state;
    describe();
    system_log(8);
    system_of(0)->action[SEP_EVENT_STACK] =
        (struct sep_cfg_action){SEP_ACTION_IGNORE, SEP_LOG_DUMP};
    system_action(0, SEP_EVENT_BUS_ERROR, SEP_ACTION_IGNORE);
    system_boot();
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    assert_true(hm_tell());
    for (uint32_t i = 0; i < 8u; i++) {
        assert_int_equal(fault(SEP_EVENT_BUS_ERROR), HOST_DONE);
    }
    run_until(500 * MS);
    assert_null(strstr(host.console, "registers"));
    assert_console("event bus-error");
}

/// A record and a line only where the description says so; a flood is cut off from the console.
/// Shows REQ-HM-004, REQ-HM-006
static void logs_and_floods(void **state)
{
    (void)state;
    describe();
    system_of(0)->action[SEP_EVENT_STACK] = (struct sep_cfg_action){SEP_ACTION_IGNORE, SEP_LOG_NO};
    system_boot();
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_DONE);
    assert_int_equal(hm_log.head->count, 0);
    assert_int_equal(partitions[0].event_count, 1);
    for (uint32_t i = 0; i < 100; i++) {
        struct hal_fault what = {.event = SEP_EVENT_OVERRUN, .code = i};

        assert_int_equal(host_fault(&what), HOST_DONE);
        run_until((i / 10u) * 100 * MS + 1 * MS + i * US);
    }
    assert_int_equal(hm_log.head->count, 100);
    assert_int_equal(hm_record(99)->code, 99);
    run_until(1500 * MS);
    assert_console("HM: first: further events are only logged\n");
    assert_null(strstr(host.console, "code 0x00000063"));
}

/// Events that come faster than idle time can tell them are counted, and the last ones told. Shows
/// REQ-HM-004, REQ-HM-006
static void events_lost(void **state)
{
    (void)state;
    describe();
    system_boot();
    for (uint32_t i = 0; i < SEP_LOG_RECORDS_DEFAULT + 3u; i++) {
        struct hal_fault what = {.event = SEP_EVENT_OVERRUN, .code = i};

        assert_int_equal(host_fault(&what), HOST_DONE);
    }
    assert_int_equal(hm_log.told, 0); // nothing was formatted in the events' own time
    assert_null(strstr(host.console, "HM:"));
    run_until(1500 * MS);
    assert_console("HM: 3 events lost before they could be told\n");
    assert_null(strstr(host.console, "code 0x00000002"));
    assert_console("code 0x00000003");
    assert_console("code 0x0000000a");
}

static struct sep_log_status hm_status(void)
{
    struct sep_log_status status;

    assert_int_equal(call(SEP_HC_hm_status, SYSTEM_DATA), SEP_OK);
    guest_get(0, SYSTEM_DATA, &status, sizeof(status));
    return status;
}

static struct sep_hm_record hm_read(uint32_t number)
{
    struct sep_hm_record record;

    assert_int_equal(call(SEP_HC_hm_read, number, SYSTEM_DATA), SEP_OK);
    guest_get(0, SYSTEM_DATA, &record, sizeof(record));
    return record;
}

/// Shows REQ-HM-013
static void read_by_system(void **state)
{
    struct sep_log_status status;

    (void)state;
    describe();
    system_log(8);
    system_boot();
    status = hm_status();
    assert_int_equal(status.capacity, 8);
    assert_int_equal(status.count, 0);
    assert_int_equal(status.oldest, 0);
    assert_int_equal(call(SEP_HC_hm_read, 0, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    for (uint32_t i = 0; i < 8u; i++) {
        struct hal_fault what = {.event = SEP_EVENT_OVERRUN, .code = i};

        assert_int_equal(host_fault(&what), HOST_DONE);
        assert_int_equal(hm_read(i).code, i);
    }
    assert_int_equal(hm_status().oldest, 0);
    for (uint32_t i = 8; i < 20u; i++) {
        struct hal_fault what = {.event = SEP_EVENT_OVERRUN, .code = i};

        assert_int_equal(host_fault(&what), HOST_DONE);
    }
    assert_int_equal(hm_status().count, 20);
    assert_int_equal(hm_status().oldest, 12);
    assert_int_equal(hm_read(3).number, 12); // overwritten: the oldest that is there
    assert_int_equal(hm_read(19).code, 19);
    assert_int_equal(call(SEP_HC_hm_read, 20, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_hm_read, 12, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_hm_read, 12, SYSTEM_DATA + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_hm_status, 0), SEP_INVALID_ADDRESS);
}

// Events that are told apart by their code.
static void overruns(uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        struct hal_fault what = {.event = SEP_EVENT_OVERRUN, .code = i};

        assert_int_equal(host_fault(&what), HOST_DONE);
    }
}

/// Numbers go round at 2^32: what is there, what is lost and what is still to come is told by differences.
/// Shows REQ-HM-013, REQ-HM-004
static void numbers_go_round(void **state)
{
    (void)state;
    describe();
    system_log(8);
    system_boot();
    hm_log.head->count = 0u - 8u;
    hm_log.told = 0u - 8u;
    overruns(0, 11);
    assert_int_equal(hm_status().count, 3);
    assert_int_equal(hm_status().oldest, 3u - 8u);
    assert_int_equal(hm_read(2).code, 10);
    assert_int_equal(hm_read(UINT32_MAX).code, 7);
    assert_int_equal(hm_read(3u - 8u).code, 3);
    assert_int_equal(hm_read(2u - 8u).code, 3); // overwritten: the oldest that is there
    assert_int_equal(call(SEP_HC_hm_read, 3, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    run_until(1500 * MS);
    assert_console("HM: 3 events lost before they could be told\n");
    assert_null(strstr(host.console, "code 0x00000002"));
    assert_console("code 0x00000003");
    assert_console("code 0x0000000a");
}

static uint32_t told(uint32_t partition)
{
    return (partitions[partition].vcpus[0].pending >> SEP_IRQ_HM) & 1u;
}

/// Who has read to the end is told of the next record, and all system partitions with it, once until
/// somebody has read to the end again. Shows REQ-HM-018
static void announced(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    (void)system_partition("third", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    system_simple_plan(10 * MS, 3 * MS);
    system_log(8);
    system_boot();
    overruns(0, 1);
    assert_int_equal(hm_read(0).code, 0);
    overruns(1, 1);
    assert_int_equal(told(0) + told(1) + told(2), 0); // nobody was at the end
    assert_int_equal(call(SEP_HC_hm_read, 2, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(told(0) + told(1) + told(2), 0);
    overruns(2, 1);
    assert_int_equal(told(0), 1);
    assert_int_equal(told(1), 0);
    assert_int_equal(told(2), 1);
    assert_int_equal(call(SEP_HC_irq_clear, SEP_IRQ_BIT(SEP_IRQ_HM)), SEP_OK);
    overruns(3, 1);
    assert_int_equal(told(0), 0);
    assert_int_equal(hm_read(2).code, 2);
    assert_int_equal(hm_read(3).code, 3);
    assert_int_equal(call(SEP_HC_hm_read, 4, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    overruns(4, 2);
    assert_int_equal(told(0), 1);
    // An ordinary partition's reading is refused, and asks for nothing.
    assert_int_equal(call(SEP_HC_irq_clear, SEP_IRQ_BIT(SEP_IRQ_HM)), SEP_OK);
    run_until(4 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(call(SEP_HC_hm_read, 6, SYSTEM_DATA), SEP_NO_PERMISSION);
    overruns(6, 1);
    assert_int_equal(told(0), 0);
}

/// The interrupt is delivered, and ends idling at once. Shows REQ-HM-018
static void announced_to_who_idles(void **state)
{
    (void)state;
    describe();
    system_boot();
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_HM));
    assert_int_equal(call(SEP_HC_hm_read, 0, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    event_raise_plain(&partitions[1].vcpus[0], SEP_EVENT_OVERRUN, 0);
    run(10 * US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(running()->context.log.deliveries, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_survives),
        cmocka_unit_test(records),
        cmocka_unit_test(record_time),
        cmocka_unit_test(register_dump),
        cmocka_unit_test(register_dump_lost),
        cmocka_unit_test(logs_and_floods),
        cmocka_unit_test(events_lost),
        cmocka_unit_test(read_by_system),
        cmocka_unit_test(numbers_go_round),
        cmocka_unit_test(announced),
        cmocka_unit_test(announced_to_who_idles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
