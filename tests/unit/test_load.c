// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loading: content, steps, interrupts in between, damage, and the caches.

#include "system.h"

#include <string.h>

#define SHARED 0x20000000u
#define SHARED_PHYSICAL 0x40300000u
#define FILE_AT 0x19000000u
#define CODE 0x21000000u
#define CODE_PHYSICAL 0x40310000u

static const char file[] = "customisation";
static uint64_t file_start;

static void describe(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    for (uint32_t i = 0; i < 2; i++) {
        system_area(i, SHARED, SHARED_PHYSICAL, 0x2000,
                    SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_SHARED);
    }
    file_start = system_file(0, "file", FILE_AT, file, sizeof(file));
    system_simple_plan(10 * MS, 4 * MS);
}

static void expect_image(uint32_t partition)
{
    for (uint32_t i = 0; i < SYSTEM_RAM_SIZE; i++) {
        uint8_t byte;

        guest_get(partition, SYSTEM_RAM + i, &byte, 1);
        assert_int_equal(byte, i < SYSTEM_IMAGE_SIZE ? system_image_byte(partition, i) : 0);
    }
}

/// Shows REQ-LOAD-001, REQ-LOAD-003, REQ-PART-004, REQ-MEM-001
static void content(void **state)
{
    char text[sizeof(file)];

    (void)state;
    describe();
    memset(host_memory(SYSTEM_RAM_PHYSICAL, 0x20000), 0xaa, 0x20000);
    system_boot();
    expect_image(0);
    guest_get(0, FILE_AT, text, sizeof(text));
    assert_string_equal(text, file);
    assert_int_equal(host_memory(SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_STRIDE, 1)[0], 0xaa);
    run_until(5 * MS);
    assert_int_equal(running_id(), 16);
    expect_image(1);
    // Neither behind the partition's memory.
    assert_int_equal(host_memory(SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_SIZE, 1)[0], 0xaa);
}

/// What a segment has behind its bytes is cleared where nothing else does that: in memory that the
/// partition cannot write. Shows REQ-LOAD-003
static void clears_behind_the_file(void **state)
{
    const struct sep_cfg_segment *image_segment;
    const uint8_t *memory = host_memory(CODE_PHYSICAL, 0x1000);
    struct system_partition *a;

    (void)state;
    describe();
    system_area(0, CODE, CODE_PHYSICAL, 0x1000, SEP_AREA_READ | SEP_AREA_EXECUTE);
    a = system_of(0);
    image_segment = &a->segment[0];
    a->segment[a->segments++] = (struct sep_cfg_segment){.target = CODE_PHYSICAL,
                                                         .source = image_segment->source,
                                                         .file_size = 0x100,
                                                         .memory_size = 0x180};
    memset(host_memory(CODE_PHYSICAL, 0x1000), 0xaa, 0x1000);
    system_boot();
    for (uint32_t i = 0; i < 0x1000u; i++) {
        uint32_t behind = i < 0x180u ? 0 : 0xaa;

        assert_int_equal(memory[i], i < 0x100u ? system_image_byte(0, i) : behind);
    }
}

/// What a partition writes, and what it cached, is gone after a cold reset; shared memory stays.
/// Shows REQ-PART-004, REQ-MEM-004, REQ-MEM-005
static void cold_reset_clears(void **state)
{
    (void)state;
    describe();
    system_boot();
    for (uint32_t i = 0; i < SYSTEM_RAM_SIZE; i += 4) {
        guest_put_word(0, SYSTEM_RAM + i, 0x55555555);
        assert_int_equal(guest_word(0, SYSTEM_RAM + i), 0x55555555);
    }
    guest_put_word(0, SHARED, 1234);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 0), SEP_OK);
    run(1 * MS);
    assert_int_equal(running_id(), 0);
    expect_image(0);
    assert_int_equal(guest_word(0, SHARED), 1234);
    assert_int_equal(guest_word(1, SHARED), 1234);
}

/// Instructions too: the cache holds the old ones until it is told. Shows REQ-MEM-005
static void cold_reset_and_fetches(void **state)
{
    uint32_t old = 0x01000000;
    uint32_t seen;

    (void)state;
    describe();
    system_boot();
    guest_put(0, SYSTEM_RAM + 0x40u, &old, sizeof(old));
    assert_true(host_space_fetch(&partitions[0].space, SYSTEM_RAM + 0x40u, &seen, sizeof(seen)));
    assert_int_equal(seen, old);
    assert_true(host_cache_lines(&partitions[0].space) != 0u);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 0), SEP_OK);
    run(1 * MS);
    assert_true(host_space_fetch(&partitions[0].space, SYSTEM_RAM + 0x40u, &seen, sizeof(seen)));
    assert_int_equal(seen & 0xffu, system_image_byte(0, 0x40));
}

/// The simulated cache really shows a call that is missing. Shows REQ-MEM-005
static void missing_cache_call_shows(void **state)
{
    (void)state;
    describe();
    system_boot();
    guest_put_word(0, SYSTEM_DATA, 1);
    assert_int_equal(guest_word(0, SYSTEM_DATA), 1);
    memset(host_memory(SYSTEM_RAM_PHYSICAL + 0x2000u, 4), 0, 4);
    assert_int_equal(guest_word(0, SYSTEM_DATA), 1);
}

// Ticks at which the timer was taken while partition 0 loads.
static uint64_t largest_gap;
static uint64_t last_window;

static void note_window(void)
{
    if (host.ticks - last_window > largest_gap) {
        largest_gap = host.ticks - last_window;
    }
    last_window = host.ticks;
}

/// Loading takes simulated time; the gaps between two looks at interrupts stay short, and the next
/// slot begins on time. Shows REQ-LOAD-001
static void in_steps(void **state)
{
    (void)state;
    describe();
    system_build();
    host.cost_byte_ns = 100; // 1.6 ms to clear, 0.3 ms to hash, 0.4 ms to copy
    assert_int_equal(host_boot(), HOST_DONE);
    largest_gap = 0;
    last_window = host.ticks;
    host.on_take = note_window;
    host.count.longest_work = 0;
    while (partitions[0].load.phase != 0u) {
        assert_int_equal(host_run(50 * US), HOST_DONE);
        assert_true(cpus[0].sched.frame_start < 40 * MS);
    }
    assert_true(largest_gap <= host_ticks(1024u * 100u) + host_ticks(60 * US));
    assert_true(host.count.longest_work <= 1024u);
    host.on_take = NULL;
    assert_int_equal(host_run(20 * MS), HOST_DONE);
    assert_int_equal(partitions[0].state, SEP_STATE_READY);
    expect_image(0);
}

/// With work that costs time, the slots of others begin on time while one loads again and again.
/// Shows REQ-LOAD-001, REQ-PART-011
static void does_not_overrun(void **state)
{
    (void)state;
    describe();
    system_build();
    host.cost_byte_ns = 40;
    assert_int_equal(host_boot(), HOST_DONE);
    host.count.switches = 0;
    for (uint64_t frame = 0; frame < 30; frame++) {
        uint64_t start = cpus[0].sched.frame_start;

        while (cpus[0].sched.frame_start == start) {
            assert_int_equal(host_run(20 * US), HOST_DONE);
            if (running_id() == 0) {
                assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 0), SEP_OK);
            }
            if (running_id() == 16 && partitions[1].reset_count == 0u) {
                sep_time_t time = time_read(&cpus[0].clock);

                // b has its whole slot.
                assert_true(time < start + 8 * MS + 20 * US);
            }
        }
    }
    assert_true(partitions[0].reset_count > 10u);
    assert_in_range(vcpu_executed(&partitions[1].vcpus[0]), 29 * 4 * MS, 31 * 4 * MS);
}

/// A step that takes little less than the guard is not begun where it would reach into the next slot.
/// Shows REQ-LOAD-001, REQ-SCHED-003
static void begins_nothing_late(void **state)
{
    (void)state;
    describe();
    system_boot();
    host.cost_byte_ns = 400; // 0.41 ms for a step of 1 KiB
    for (uint64_t frame = 0; frame < 30; frame++) {
        uint64_t t = frame * 10 * MS;

        run_until(t + 1 * MS);
        if (running_id() == 0) {
            assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 0), SEP_OK);
        }
        run_until(t + 4 * MS + US);
        if (frame > 5u) { // b is loaded
            assert_int_equal(running_id(), 16);
            assert_true(now() <= t + 4 * MS + 2 * US);
        }
    }
    assert_true(partitions[0].reset_count > 5u);
}

/// Shows REQ-LOAD-002
static void damaged_image(void **state)
{
    (void)state;
    describe();
    system_build();
    host_memory(image.blob[0].start, 1)[SYSTEM_IMAGE_SIZE / 2u] ^= 1u;
    assert_int_equal(host_boot(), HOST_DONE);
    run(100 * US);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
    assert_int_equal(partitions[0].event_count, 1);
    run(5 * MS);
    assert_int_equal(running_id(), 16);
}

/// A damaged file; the action leaves the partition alone, and it does not run all the same. Shows
/// REQ-LOAD-002
static void damaged_file(void **state)
{
    (void)state;
    describe();
    system_frame(1, 10 * MS);
    system_slot(1, 0, 4 * MS, 0, 0);
    system_action(0, SEP_EVENT_INTEGRITY, SEP_ACTION_MAINTENANCE_PLAN);
    system_build();
    host_memory(file_start, 1)[0] ^= 0x80u;
    assert_int_equal(host_boot(), HOST_DONE);
    run(100 * US);
    assert_int_equal(partitions[0].state, SEP_STATE_HALTED);
}

/// Suspended by the integrity event, then resumed: it does not run what was not loaded. Shows
/// REQ-LOAD-002
static void damaged_and_suspended(void **state)
{
    (void)state;
    describe();
    system_action(0, SEP_EVENT_INTEGRITY, SEP_ACTION_SUSPEND);
    system_build();
    host_memory(image.blob[0].start, 1)[0] ^= 1u;
    assert_int_equal(host_boot(), HOST_DONE);
    run(100 * US);
    assert_int_equal(running_id(), -1);
    assert_int_not_equal(partitions[0].state, SEP_STATE_READY);
    assert_int_equal(partitions[0].vcpus[0].context.log.starts, 0);
}

/// Shows REQ-LOAD-004
static void restarted_and_ended(void **state)
{
    uint32_t starts;

    (void)state;
    describe();
    system_build();
    host.cost_byte_ns = 100;
    assert_int_equal(host_boot(), HOST_DONE);
    run(60 * MS);
    while (running_id() != 0) {
        run(100 * US);
    }
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 0), SEP_OK);
    assert_int_equal(partition_status(1).state, SEP_STATE_LOADING);
    run(5 * MS);
    assert_int_equal(partitions[1].load.phase != 0u, true);
    while (running_id() != 0) {
        run(100 * US);
    }
    // Again: from the beginning.
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 0), SEP_OK);
    assert_int_equal(partitions[1].load.offset, 0);
    assert_int_equal(partitions[1].load.index, 0);
    assert_int_equal(call(SEP_HC_partition_halt, 1), SEP_OK);
    starts = partitions[1].vcpus[0].context.log.starts;
    run(30 * MS);
    assert_int_equal(partitions[1].vcpus[0].context.log.starts, starts);
    while (running_id() != 0) {
        run(100 * US);
    }
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 0), SEP_OK);
    run(40 * MS);
    assert_int_equal(partitions[1].vcpus[0].context.log.starts, starts + 1u);
    expect_image(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content),
        cmocka_unit_test(clears_behind_the_file),
        cmocka_unit_test(cold_reset_clears),
        cmocka_unit_test(cold_reset_and_fetches),
        cmocka_unit_test(missing_cache_call_shows),
        cmocka_unit_test(in_steps),
        cmocka_unit_test(does_not_overrun),
        cmocka_unit_test(begins_nothing_late),
        cmocka_unit_test(damaged_image),
        cmocka_unit_test(damaged_file),

        cmocka_unit_test(damaged_and_suspended),
        cmocka_unit_test(restarted_and_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
