// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Hypercall numbers, ranges of guest memory, batches, device registers, and the system's own calls.

#include "system.h"

#include <string.h>

#include <kernel/boot.h>
#include <kernel/panic.h>

#define SECOND 0x10008000u ///< an area of its own, behind a hole
#define ADJACENT (SYSTEM_RAM + SYSTEM_RAM_SIZE)
#define CALLS SYSTEM_DATA
#define DONE (SYSTEM_DATA + 0x800u)
#define REGISTER (HOST_IO_START + 0x10u)

static void start(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("boss", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    system_area(0, ADJACENT, 0x40200000u, 0x1000, SEP_AREA_READ | SEP_AREA_WRITE);
    system_area(0, SECOND, 0x40210000u, 0x1000, SEP_AREA_READ);
    system_console(0, 256);
    system_register(0, REGISTER, 4, 0xff, 0xf0);
    system_register(0, REGISTER + 4u, 2, 0xffff, 0xffff);
    system_register(0, REGISTER + 6u, 1, 0, 0xff);
    system_register(0, REGISTER + 8u, 4, 0xffffffff, 0);
    system_simple_plan(10 * MS, 5 * MS);
    system_boot();
}

/// Shows REQ-HC-001, REQ-HC-010
static void numbers(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    for (uint32_t i = SEP_HC_COUNT; i < 200; i++) {
        assert_int_equal(call(i, 1, 2, 3, 4, 5), SEP_UNKNOWN_HYPERCALL);
    }
    assert_int_equal(call((sep_word_t)-1), SEP_UNKNOWN_HYPERCALL);
    assert_int_equal(call((sep_word_t)1 << 32), SEP_UNKNOWN_HYPERCALL);
}

/// The first and last byte of each area, with an 16-byte structure of alignment 4. Shows
/// REQ-MEM-002, REQ-MEM-003, REQ-HC-003
static void range_borders(void **state)
{
    const uint32_t size = sizeof(struct sep_irq_status);
    const struct {
        uintptr_t address;
        sep_status_t status;
    } row[] = {
        {SYSTEM_RAM, SEP_OK},
        {SYSTEM_RAM - 4u, SEP_INVALID_ADDRESS},
        {SYSTEM_RAM - size, SEP_INVALID_ADDRESS},
        {ADJACENT - size, SEP_OK},
        {ADJACENT - size + 4u, SEP_INVALID_ADDRESS}, // over the border of two areas
        {ADJACENT - 4u, SEP_INVALID_ADDRESS},
        {ADJACENT, SEP_OK},
        {ADJACENT + 0x1000u - size, SEP_OK},
        {ADJACENT + 0x1000u - size + 4u, SEP_INVALID_ADDRESS},
        {ADJACENT + 0x1000u, SEP_INVALID_ADDRESS},
        {SECOND, SEP_INVALID_ADDRESS}, // read-only
        {SECOND - size, SEP_INVALID_ADDRESS},
        {SYSTEM_INFO, SEP_INVALID_ADDRESS},
        {0, SEP_INVALID_ADDRESS},
        {UINTPTR_MAX, SEP_INVALID_ADDRESS},
        {UINTPTR_MAX - 3u, SEP_INVALID_ADDRESS},
        {UINTPTR_MAX - size + 1u, SEP_INVALID_ADDRESS},
        {SYSTEM_RAM + 1u, SEP_INVALID_ADDRESS},
        {SYSTEM_RAM + 2u, SEP_INVALID_ADDRESS},
        {SYSTEM_RAM + ((uintptr_t)1 << 32), SEP_INVALID_ADDRESS},
        {HOST_RAM_START, SEP_INVALID_ADDRESS},
        {SYSTEM_RAM_PHYSICAL, SEP_INVALID_ADDRESS},
    };

    (void)state;
    start();
    for (uint32_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        assert_int_equal(call(SEP_HC_irq_status, row[i].address), row[i].status);
    }
    // One byte too many, in memory that is the partition's all the same.
    assert_int_equal(call(SEP_HC_console_write, ADJACENT - 3u, 3), SEP_OK);
    assert_int_equal(call(SEP_HC_console_write, ADJACENT - 3u, 4), SEP_INVALID_ADDRESS);
}

/// Every out-pointer of every call. Shows REQ-HC-003, REQ-HC-002
static void out_pointers(void **state)
{
    const uintptr_t wrong[] = {0,
                               SYSTEM_RAM - 8u,
                               SYSTEM_INFO,
                               SECOND,
                               ADJACENT - 4u + 0x1000u + 4u,
                               SYSTEM_DATA + 1u,
                               UINTPTR_MAX - 7u};

    (void)state;
    start();
    for (uint32_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(call(SEP_HC_partition_status, SEP_SELF, wrong[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_vcpu_status, 0, wrong[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_plan_status, wrong[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_get_time, 0, wrong[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_io_read, REGISTER, wrong[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_batch, CALLS, 0, wrong[i]), SEP_INVALID_ADDRESS);
    }
    assert_int_equal(host.count.io_accesses, 0); // nothing was read that could not be delivered
    run_until(6 * MS);
    assert_int_equal(call(SEP_HC_system_status, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_system_status, SYSTEM_INFO), SEP_INVALID_ADDRESS);
}

/// An area that the tables do not have (a fault of ours) is refused by the hardware's check. Shows
/// REQ-HC-003
static void hardware_has_the_last_word(void **state)
{
    struct sep_irq_status status;

    (void)state;
    start();
    partitions[0].space.unannounced = true;
    assert_int_equal(call(SEP_HC_irq_status, SYSTEM_DATA), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, 5), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_batch, CALLS, 1, DONE), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_batch, CALLS, 0, DONE), SEP_INVALID_ADDRESS);
    partitions[0].space.unannounced = false;
    status = irq_status();
    assert_int_equal(status.enabled, 0);
}

// ------------------------------------------------------------------------------------- batches

static void put_call(uint32_t index, uint32_t number, uint64_t a0, uint64_t a1)
{
    struct sep_batch_call c = {.number = number, .status = 99, .args = {a0, a1}};

    guest_put(0, CALLS + index * sizeof(c), &c, sizeof(c));
}

static int32_t status_of(uint32_t index)
{
    struct sep_batch_call c;

    guest_get(0, CALLS + index * sizeof(c), &c, sizeof(c));
    return c.status;
}

/// Shows REQ-HC-004
static void batch_in_order(void **state)
{
    (void)state;
    start();
    put_call(0, SEP_HC_partition_set_mode, SEP_MODE_NORMAL, 0);
    put_call(1, SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_DATA + 0x900u);
    put_call(2, SEP_HC_irq_mask, 1, 0);
    assert_int_equal(call(SEP_HC_batch, CALLS, 3, DONE), SEP_OK);
    assert_int_equal(guest_word(0, DONE), 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(status_of(i), SEP_OK);
    }
    assert_true(guest_word64(0, SYSTEM_DATA + 0x900u) != 0u);
    assert_int_equal(call(SEP_HC_batch, CALLS, 0, DONE), SEP_OK);
    assert_int_equal(guest_word(0, DONE), 0);
}

/// Shows REQ-HC-004, REQ-HC-001, REQ-HC-006
static void batch_stops(void **state)
{
    const struct {
        uint32_t number;
        sep_status_t status;
    } row[] = {
        {SEP_HC_plan_switch, SEP_NO_PERMISSION},    {SEP_HC_partition_resume, SEP_NO_ACTION},
        {SEP_HC_batch, SEP_INVALID_PARAM},          {SEP_HC_COUNT, SEP_UNKNOWN_HYPERCALL},
        {SEP_HC_ARCH_FIRST, SEP_UNKNOWN_HYPERCALL}, {0xffffffff, SEP_UNKNOWN_HYPERCALL},
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        start();
        put_call(0, SEP_HC_null, 0, 0);
        put_call(1, row[i].number, 0, 0);
        put_call(2, SEP_HC_null, 0, 0);
        assert_int_equal(call(SEP_HC_batch, CALLS, 3, DONE), SEP_BATCH_ERROR);
        assert_int_equal(guest_word(0, DONE), 1);
        assert_int_equal(status_of(0), SEP_OK);
        assert_int_equal(status_of(1), row[i].status);
        assert_int_equal(status_of(2), 99);
    }
}

/// Shows REQ-HC-006, REQ-HC-002, REQ-MEM-002
static void batch_refusals(void **state)
{
    (void)state;
    start();
    for (uint32_t i = 0; i < SEP_BATCH_MAX; i++) {
        put_call(i, SEP_HC_null, 0, 0);
    }
    assert_int_equal(call(SEP_HC_batch, CALLS, SEP_BATCH_MAX, DONE), SEP_OK);
    assert_int_equal(guest_word(0, DONE), SEP_BATCH_MAX);
    assert_int_equal(call(SEP_HC_batch, CALLS, SEP_BATCH_MAX + 1u, DONE), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_batch, CALLS, (sep_word_t)1 << 32, DONE), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_batch, CALLS + 4u, 1, DONE), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_batch, SECOND, 1, DONE), SEP_INVALID_ADDRESS); // no status there
    assert_int_equal(call(SEP_HC_batch, 0, 1, DONE), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_batch, UINTPTR_MAX - 7u, 1, DONE), SEP_INVALID_ADDRESS);
    // The second call lies behind the area's end.
    put_call(0, SEP_HC_null, 0, 0);
    assert_int_equal(call(SEP_HC_batch, ADJACENT + 0x1000u - 48u, 2, DONE), SEP_INVALID_ADDRESS);
    assert_int_equal(guest_word(0, DONE), 1);
}

/// Shows REQ-HC-005
static void batch_takes_interrupts(void **state)
{
    uint64_t taken;

    (void)state;
    start();
    for (uint32_t i = 0; i < 8; i++) {
        put_call(i, SEP_HC_null, 0, 0);
    }
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 2 * MS, 0), SEP_OK);
    host.cost_byte_ns = 1000; // each call of the batch moves some 50 bytes
    run_until(2 * MS - 100 * US);
    host.count.longest_work = 0;
    taken = host.count.taken;
    assert_int_equal(call(SEP_HC_batch, CALLS, 8, DONE), SEP_OK);
    assert_int_equal(guest_word(0, DONE), 8);
    assert_true(host.count.taken > taken);
    assert_true(host.count.longest_work < 120u);
    assert_int_equal(irq_status().pending & 1u, 1);
    // The masked timer's interrupt was all that the one-shot was armed for: the slot ends all the same.
    run_until(5 * MS + 20 * US);
    assert_int_not_equal(running_id(), 0);
}

/// The slot ends inside the batch: the caller goes on with the rest in its next one. Shows
/// REQ-HC-005, REQ-HC-007
static void batch_loses_the_processor(void **state)
{
    (void)state;
    start();
    for (uint32_t i = 0; i < 32; i++) {
        put_call(i, SEP_HC_null, 0, 0);
    }
    host.cost_byte_ns = 1000;
    run_until(5 * MS - 500 * US);
    assert_int_equal(call(SEP_HC_batch, CALLS, 32, DONE), SEP_NOT_AVAILABLE);
    assert_in_range(guest_word(0, DONE), 3, 20);
    assert_int_not_equal(running_id(), 0);
    assert_int_equal(status_of(guest_word(0, DONE) - 1u), SEP_OK);
    assert_int_equal(status_of(guest_word(0, DONE)), 99);
}

/// Shows REQ-HC-007
static void batch_ends_its_caller(void **state)
{
    (void)state;
    start();
    put_call(0, SEP_HC_partition_suspend, SEP_SELF, 0);
    put_call(1, SEP_HC_partition_set_mode, SEP_MODE_NORMAL, 0);
    (void)call(SEP_HC_batch, CALLS, 2, DONE);
    assert_int_equal(running_id(), -1);
    assert_int_equal(guest_word(0, DONE), 1);
    assert_int_equal(status_of(1), 99);
    assert_int_equal(partitions[0].mode, SEP_MODE_COLD);
    // Halting and resetting oneself, too.
    start();
    put_call(0, SEP_HC_partition_halt, SEP_SELF, 0);
    put_call(1, SEP_HC_null, 0, 0);
    (void)call(SEP_HC_batch, CALLS, 2, DONE);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
}

// ----------------------------------------------------------------------------- device registers

static uint32_t io_word(uint32_t offset)
{
    uint32_t value;

    memcpy(&value, host_io + 0x10u + offset, sizeof(value));
    return value;
}

/// Shows REQ-IO-001, REQ-IO-002, REQ-IO-003
static void registers(void **state)
{
    const uint32_t device[3] = {0x12345678, 0xaabbccdd, 0x11223344};

    (void)state;
    start();
    memcpy(host_io + 0x10u, device, sizeof(device));
    assert_int_equal(call(SEP_HC_io_read, REGISTER, SYSTEM_DATA), SEP_OK);
    assert_int_equal(guest_word(0, SYSTEM_DATA), 0x78);
    assert_int_equal(call(SEP_HC_io_write, REGISTER, 0xffffff0f), SEP_OK);
    assert_int_equal(io_word(0), 0x12345608);
    assert_int_equal(call(SEP_HC_io_read, REGISTER + 4u, SYSTEM_DATA), SEP_OK);
    assert_int_equal(guest_word(0, SYSTEM_DATA), 0xccdd);
    host.count.io_accesses = 0;
    assert_int_equal(call(SEP_HC_io_write, REGISTER + 4u, 0x55550102), SEP_OK);
    assert_int_equal(host.count.io_accesses, 1); // every bit is written: nothing is read before
    assert_int_equal(io_word(4), 0xaabb0102);
    assert_int_equal(call(SEP_HC_io_read, REGISTER + 6u, SYSTEM_DATA), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_io_write, REGISTER + 6u, 0x100u | 0x77u), SEP_OK);
    assert_int_equal(io_word(4), 0xaa770102);
    assert_int_equal(call(SEP_HC_io_write, REGISTER + 8u, 0), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_io_read, REGISTER + 8u, SYSTEM_DATA), SEP_OK);
    assert_int_equal(guest_word(0, SYSTEM_DATA), 0x11223344);
    for (uint32_t i = 0; i < 4; i++) {
        const uintptr_t wrong[] = {REGISTER + 1u, REGISTER + 12u, 0, HOST_RAM_START};

        assert_int_equal(call(SEP_HC_io_read, wrong[i], SYSTEM_DATA), SEP_NO_PERMISSION);
        assert_int_equal(call(SEP_HC_io_write, wrong[i], 0), SEP_NO_PERMISSION);
    }
    run_until(6 * MS);
    assert_int_equal(call(SEP_HC_io_read, REGISTER, SYSTEM_DATA), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_io_write, REGISTER, 0), SEP_NO_PERMISSION);
}

/// Shows REQ-IO-004
static void bus_errors(void **state)
{
    (void)state;
    start();
    host.io_dead = REGISTER;
    assert_int_equal(call(SEP_HC_io_read, REGISTER, SYSTEM_DATA), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_io_write, REGISTER, 1), SEP_NOT_AVAILABLE);
    host.io_dead = REGISTER + 4u;
    assert_int_equal(call(SEP_HC_io_write, REGISTER + 4u, 1), SEP_NOT_AVAILABLE);
    assert_int_equal(running_id(), 0);
}

// ----------------------------------------------------------------------------------- the system

/// Shows REQ-HC-008
static void system_status(void **state)
{
    struct sep_system_status status;

    (void)state;
    start();
    assert_int_equal(call(SEP_HC_system_status, SYSTEM_DATA), SEP_NO_PERMISSION);
    assert_int_equal(fault(SEP_EVENT_ILLEGAL_HYPERCALL), HOST_DONE);
    run_until(6 * MS);
    assert_int_equal(call(SEP_HC_system_status, SYSTEM_DATA), SEP_OK);
    guest_get(1, SYSTEM_DATA, &status, sizeof(status));
    assert_in_range(status.time, 6 * MS - US, 6 * MS + US);
    assert_int_equal(status.reset_count, 0);
    assert_int_equal(status.partition_count, 2);
    assert_int_equal(status.event_count, 2); // the call refused is one, too
    assert_int_equal(status.irq_count, host.count.taken);
}

/// Shows REQ-HC-009, REQ-BOOT-006
static void system_halt(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_system_halt), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_system_reset, SEP_MODE_COLD), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_system_reset, 7), SEP_NO_PERMISSION);
    run_until(6 * MS);
    assert_int_equal(call_end(SEP_HC_system_halt, 0, 0), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_OK);
    assert_console("halt: requested by a partition status 0\n");
}

/// Shows REQ-HC-009, REQ-BOOT-007
static void system_reset_counts(void **state)
{
    (void)state;
    start();
    for (uint32_t i = 1; i < 4; i++) {
        run(10 * MS);
        while (running_id() != 16) {
            run(1 * MS);
        }
        assert_int_equal(call(SEP_HC_system_reset, SEP_MODE_NORMAL), SEP_INVALID_PARAM);
        assert_int_equal(call(SEP_HC_system_reset, (sep_word_t)1 << 32), SEP_INVALID_PARAM);
        assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_WARM, 0), HOST_RESTARTED);
        assert_int_equal(host_boot(), HOST_DONE);
        assert_int_equal(boot_record.reset_count, i);
    }
    run(10 * MS);
    while (running_id() != 16) {
        run(1 * MS);
    }
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_COLD, 0), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(boot_record.reset_count, 0);
}

/// Shows REQ-HC-011
static void trap_table(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_trap_table_set, SYSTEM_RAM + 16u), SEP_INVALID_PARAM);
    assert_int_equal(running()->context.trap_table, 0);
    assert_int_equal(call(SEP_HC_trap_table_set, SYSTEM_RAM), SEP_OK);
    assert_int_equal(running()->context.trap_table, SYSTEM_RAM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(range_borders),
        cmocka_unit_test(out_pointers),
        cmocka_unit_test(hardware_has_the_last_word),
        cmocka_unit_test(batch_in_order),
        cmocka_unit_test(batch_stops),
        cmocka_unit_test(batch_refusals),
        cmocka_unit_test(batch_takes_interrupts),
        cmocka_unit_test(batch_loses_the_processor),
        cmocka_unit_test(batch_ends_its_caller),
        cmocka_unit_test(registers),
        cmocka_unit_test(bus_errors),
        cmocka_unit_test(system_status),
        cmocka_unit_test(system_halt),
        cmocka_unit_test(system_reset_counts),
        cmocka_unit_test(trap_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
