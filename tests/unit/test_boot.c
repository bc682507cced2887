// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the boot prints, the end of the system, and the smallest parts.

#include "system.h"

#include <stdio.h>
#include <string.h>

#include <hal/boot.h>
#include <kernel/arena.h>
#include <kernel/boot.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/sha256.h>

static void describe(void)
{
    system_reset();
    (void)system_partition("first", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("second", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 4 * MS);
}

/// Shows REQ-BOOT-003
static void story(void **state)
{
    char memory[80];

    (void)state;
    describe();
    system_boot();
    assert_console("Septum on sim, ABI 1, reset 0\n");
    assert_console("system test for sim");
    assert_console("partition 0 first (system)\n");
    assert_console("partition 1 second\n");
    snprintf(memory, sizeof(memory), "code_bytes %u ram_bytes %u\n", HOST_CODE_BYTES,
             HOST_DATA_BYTES + (uint32_t)image.system->arena_size);
    assert_console(memory);
}

/// Shows REQ-BOOT-007
static void restart_keeps_the_record(void **state)
{
    (void)state;
    describe();
    system_boot();
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_WARM, 0), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_console("reset 1\n");
}

/// Shows REQ-BOOT-010, REQ-BOOT-006
static void panic_fault(void **state)
{
    const struct hal_fault what = {
        .code = 0x29, .detail = 0x300, .pc = 0x40001234, .address = 0xdead0000};

    (void)state;
    describe();
    system_boot();
    assert_int_equal(host_panic(&what), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_PANIC);
    assert_console("hypervisor fault code 0x00000029");
    assert_console("40001234");
    assert_console("halt: fault in the hypervisor status 3\n");
}

/// A trap of a guest while nobody runs is a fault of ours. Shows REQ-BOOT-010
static void assertion(void **state)
{
    (void)state;
    describe();
    system_boot();
    run_until(9 * MS);
    assert_int_equal(running_id(), -1);
    assert_int_equal(fault(SEP_EVENT_STACK), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_PANIC);
    assert_console("assertion");
}

/// Shows REQ-BOOT-004
static void arena_arithmetic(void **state)
{
    static _Alignas(64) uint8_t memory[256];

    (void)state;
    system_reset();
    memset(memory, 0xff, sizeof(memory));
    arena_init(memory, 136, 0);
    assert_int_equal(memory[0], 0);
    assert_int_equal(memory[135], 0);
    assert_int_equal(memory[136], 0xff);
    assert_false(arena_is_full());
    // Tables from the front, aligned to their size; everything else from the end.
    assert_ptr_equal(arena_take_table(32), memory);
    assert_ptr_equal(arena_take(8), memory + 128);
    assert_ptr_equal(arena_take_table(4), memory + 32);
    assert_ptr_equal(arena_take_table(16), memory + 48);
    assert_null(arena_take(72));
    assert_null(arena_take(UINT32_MAX - 7u));
    assert_ptr_equal(arena_take(56), memory + 72);
    assert_false(arena_is_full());
    assert_null(arena_take_table(16));
    assert_null(arena_take_table(128));
    assert_ptr_equal(arena_take_table(4), memory + 64);
    assert_true(arena_is_full());
    assert_null(arena_take(8));
    assert_null(arena_take_table(8));
}

static void expect_hash(const char *text, uint32_t repeat, const char *expected)
{
    uint8_t digest[SHA256_BYTES];
    char hex[2u * SHA256_BYTES + 1u];
    struct sha256 hash;

    sha256_init(&hash);
    for (uint32_t i = 0; i < repeat; i++) {
        sha256_update(&hash, text, (uint32_t)strlen(text));
    }
    sha256_final(&hash, digest);
    for (uint32_t i = 0; i < SHA256_BYTES; i++) {
        snprintf(hex + 2u * i, 3, "%02x", digest[i]);
    }
    assert_string_equal(hex, expected);
}

/// The vectors of FIPS 180-4, and pieces of every size. Shows REQ-CFG-002, REQ-LOAD-002
static void sha256_vectors(void **state)
{
    uint8_t data[300];
    uint8_t whole[SHA256_BYTES];
    uint8_t pieces[SHA256_BYTES];
    struct sha256 hash;

    (void)state;
    expect_hash("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_hash("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect_hash("aaaaaaaaaa", 100000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (uint32_t i = 0; i < sizeof(data); i++) {
        data[i] = (uint8_t)(i * 13u);
    }
    for (uint32_t size = 0; size <= sizeof(data); size++) {
        sha256_init(&hash);
        sha256_update(&hash, data, size);
        sha256_final(&hash, whole);
        sha256_init(&hash);
        for (uint32_t at = 0; at < size; at += 1u + size % 67u) {
            uint32_t left = size - at;

            sha256_update(&hash, data + at, left < 1u + size % 67u ? left : 1u + size % 67u);
        }
        sha256_final(&hash, pieces);
        assert_memory_equal(whole, pieces, sizeof(whole));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(story),          cmocka_unit_test(restart_keeps_the_record),
        cmocka_unit_test(panic_fault),    cmocka_unit_test(arena_arithmetic),
        cmocka_unit_test(sha256_vectors), cmocka_unit_test(assertion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
