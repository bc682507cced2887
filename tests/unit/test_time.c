// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The clock: conversion, wrap-around, targets, periods.

#include "system.h"

#include <kernel/time.h>

#define FAR ((uint64_t)1 << 62)

static uint64_t seed = 1;

static uint64_t random64(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed * 0x2545f4914f6cdd1du;
}

static const uint32_t frequencies[] = {
    1000u,       1001u,       32768u,      999999u,     1000000u,    1000001u,    3579545u,
    12000000u,   14318180u,   24000000u,   33333000u,   33333333u,   50000000u,   62500000u,
    66666667u,   80000000u,   99999999u,   100000000u,  250000000u,  999999999u,  1000000000u,
    1000000001u, 1953125000u, 2000000000u, 2147483648u, 2999999999u, 3999999999u, 4000000000u,
};
#define FREQUENCIES (sizeof(frequencies) / sizeof(frequencies[0]))

static uint64_t exact(uint64_t ticks, uint32_t hz)
{
    return (uint64_t)((unsigned __int128)ticks * 1000000000u / hz);
}

// One clock on the bare machine, read at irregular times; compared with exact arithmetic.
static void compare(uint32_t hz)
{
    struct hal_clock clock;
    sep_time_t last = 0;

    host_reset();
    host.hz = hz;
    host.counter_start = 0xffff0000u;
    time_init(&clock, hz, hal_timer_count());
    for (uint32_t i = 0; i < 20000; i++) {
        uint64_t nominal;
        sep_time_t read;

        host_pass((random64() >> 40) * (random64() >> 60) + 1u);
        nominal = exact(host.ticks, hz);
        read = time_read(&clock);
        assert_true(read >= last);
        last = (i & 3u) != 0u ? time_update(&clock) : read;
        assert_true(last == read);
        // Never behind by more than the rounding down, ahead by less than 1 ppb.
        assert_in_range(read, nominal == 0u ? 0u : nominal - 1u,
                        nominal + nominal / 1000000000u + 2u);
    }
}

/// Shows REQ-TIME-001, REQ-TIME-002, REQ-TIME-003
static void conversion_is_exact(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FREQUENCIES; i++) {
        compare(frequencies[i]);
    }
    for (uint32_t i = 0; i < 40; i++) {
        compare((uint32_t)(random64() % 3999999000u) + 1000u);
    }
}

/// A year of readings at every tick count that is awkward. Shows REQ-TIME-002
static void no_error_adds_up(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FREQUENCIES; i++) {
        uint32_t hz = frequencies[i];
        struct hal_clock once;
        struct hal_clock often;

        host_reset();
        host.hz = hz;
        time_init(&once, hz, 0);
        time_init(&often, hz, 0);
        for (uint32_t n = 0; n < 100000; n++) {
            host_pass(3);
            (void)time_update(&often);
        }
        // The same instant, whether looked at once or a hundred thousand times.
        assert_int_equal(time_read(&once), time_read(&often));
        assert_int_equal(time_update(&once), often.ns);
        assert_int_equal(once.fraction, often.fraction);
    }
}

/// A timer armed for a target is at most a tick late and never early on the clock. Shows
/// REQ-TIMER-009
static void targets_are_never_early(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FREQUENCIES; i++) {
        uint32_t hz = frequencies[i];
        struct hal_clock clock;

        host_reset();
        host.hz = hz;
        time_init(&clock, hz, 0);
        for (uint32_t n = 0; n < 2000; n++) {
            sep_time_t base = time_update(&clock);
            uint32_t wait = (uint32_t)(random64() % (n % 2u == 0u ? clock.horizon + 1u : 100000u));
            uint32_t target = time_ticks(&clock, wait);
            uint32_t ticks = target - clock.count;

            assert_true(ticks != 0u);
            host_pass(ticks);
            assert_true(time_read(&clock) >= base + wait);
            assert_in_range(time_read(&clock), base + wait, base + wait + 2u * exact(1, hz) + 2u);
        }
    }
}

/// The longest wait stays within half of the counter. Shows REQ-TIME-003, REQ-TIMER-004
static void horizon(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < FREQUENCIES; i++) {
        struct hal_clock clock;

        host_reset();
        host.hz = frequencies[i];
        time_init(&clock, host.hz, 0);
        assert_in_range(clock.horizon, 1, TIME_HORIZON_MAX);
        assert_true(time_ticks(&clock, clock.horizon) <= (1u << 30) + 1u);
        assert_int_equal(time_ticks(&clock, 0), 1);
    }
}

/// Shows REQ-TIMER-002
static void next_period(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < 200000; n++) {
        sep_time_t interval = (random64() >> (2u + random64() % 62u)) + 1u;
        sep_time_t expiry = random64() >> (2u + random64() % 62u);
        sep_time_t at = random64() >> (2u + random64() % 62u);
        sep_time_t next = time_next_period(expiry, interval, at);

        if (expiry > at) {
            assert_true(next == expiry);
        } else {
            assert_true(next == expiry + ((at - expiry) / interval + 1u) * interval);
        }
    }
    assert_int_equal(time_next_period(5, 10, 5), 15);
    assert_int_equal(time_next_period(5, 10, 14), 15);
    assert_int_equal(time_next_period(5, 10, 15), 25);
    assert_int_equal(time_next_period(0, 1, FAR - 1u), FAR);
    assert_int_equal(time_next_period(FAR, FAR, FAR), 2u * FAR);
}

/// Shows REQ-TIME-001
static void division(void **state)
{
    (void)state;
    assert_int_equal(time_fraction(0, 1), 0);
    assert_int_equal(time_fraction(1, 2), 0x80000000u);
    assert_int_equal(time_fraction(UINT32_MAX - 1u, UINT32_MAX), UINT32_MAX);
    for (uint32_t n = 0; n < 100000; n++) {
        uint32_t a = (uint32_t)(random64() >> (32u + random64() % 32u));
        uint32_t b = (uint32_t)(random64() >> (32u + random64() % 32u));

        if (a < b) {
            assert_int_equal(time_fraction(a, b), (((uint64_t)a << 32) + b - 1u) / b);
        }
    }
}

/// The clock as a partition reads it, across wraps of the hardware's counter. Shows REQ-TIME-001,
/// REQ-TIME-003
static void partition_reads_the_clock(void **state)
{
    uint64_t last = 0;

    (void)state;
    system_reset();
    host.hz = 1000000000;
    host.counter_start = 0xfff00000u;
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_simple_plan(1 * MS, 1 * MS);
    system_boot();
    for (uint32_t i = 0; i < 40; i++) {
        uint64_t time;

        run(333 * MS + i);
        assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_DATA), SEP_OK);
        time = guest_word64(0, SYSTEM_DATA);
        assert_true(time > last);
        assert_in_range(time, now() - 1u, now() + now() / 1000000u + 1u);
        last = time;
    }
    assert_true(last > (uint64_t)3 << 32);
}

/// Shows REQ-TIME-004
static void execution_clock(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 3 * MS);
    system_boot();
    for (uint64_t frame = 1; frame < 10; frame++) {
        uint64_t time;

        run_until(frame * 10 * MS + 1 * MS);
        assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_EXEC, SYSTEM_DATA), SEP_OK);
        time = guest_word64(0, SYSTEM_DATA);
        assert_in_range(time, frame * 3 * MS + 1 * MS - US, frame * 3 * MS + 1 * MS + US);
        assert_in_range(partition_status(SEP_SELF).exec_clock, time, time);
        assert_in_range(vcpu_status(0).exec_clock, time, time);
        run_until(frame * 10 * MS + 5 * MS);
        assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_EXEC, SYSTEM_DATA), SEP_OK);
        time = guest_word64(1, SYSTEM_DATA);
        assert_in_range(time, frame * 3 * MS + 2 * MS - US, frame * 3 * MS + 2 * MS + US);
    }
    // Idling does not count.
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    assert_in_range(vcpu_executed(&partitions[1].vcpus[0]), 29 * MS - US, 29 * MS + US);
    run_until(104 * MS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_EXEC, SYSTEM_DATA), SEP_OK);
    assert_in_range(guest_word64(1, SYSTEM_DATA), 30 * MS - US, 30 * MS + US);
}

/// Shows REQ-HC-003, REQ-MEM-002
static void get_time_refusals(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_simple_plan(1 * MS, 1 * MS);
    system_boot();
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_WATCHDOG, SYSTEM_DATA), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_get_time, 77, SYSTEM_DATA), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_get_time, (sep_word_t)1 << 32, SYSTEM_DATA), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_INFO), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_DATA + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_RAM + SYSTEM_RAM_SIZE),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_RAM - 8u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, (sep_word_t)-8), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_get_time, SEP_CLOCK_HW, SYSTEM_RAM + SYSTEM_RAM_SIZE - 8u),
                     SEP_OK);
}

/// An event that is met between a boundary and the timer's interrupt is dated at the boundary: what is
/// charged to a vCPU never runs backwards. Shows REQ-TIME-004
static void dated_at_the_boundary(void **state)
{
    struct cpu *cpu = &cpus[0];

    (void)state;
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_simple_plan(10 * MS, 3 * MS);
    system_boot();
    run_until(1 * MS);
    cpu_read_clock(cpu);
    assert_in_range(cpu->now, 1 * MS, 1 * MS + 10 * US);
    cpu->sched.boundary = cpu->now - 5000u;
    cpu_read_clock(cpu);
    assert_int_equal(cpu->now, cpu->sched.boundary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversion_is_exact),
        cmocka_unit_test(no_error_adds_up),
        cmocka_unit_test(targets_are_never_early),
        cmocka_unit_test(horizon),
        cmocka_unit_test(next_period),
        cmocka_unit_test(division),
        cmocka_unit_test(partition_reads_the_clock),
        cmocka_unit_test(execution_clock),
        cmocka_unit_test(dated_at_the_boundary),
        cmocka_unit_test(get_time_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
