// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Console text: complete, in order, labelled, and never waited for.

#include "system.h"

#include <stdio.h>
#include <string.h>

#include <hal/console.h>
#include <kernel/console.h>
#include <kernel/print.h>

// What each source said, taken apart as the host tool does: RS begins a mark "[name] ", which may
// be cut off by another RS.
struct source {
    char name[32];
    char text[0x20000];
    uint32_t size;
};
static struct source sources[4];

static struct source *source_named(const char *name, uint32_t size)
{
    uint32_t i = 0;

    while (i < 3 && sources[i].name[0] != '\0' &&
           (strlen(sources[i].name) != size || strncmp(sources[i].name, name, size) != 0)) {
        i++;
    }
    snprintf(sources[i].name, sizeof(sources[i].name), "%.*s", (int)size, name);
    return &sources[i];
}

static const char *after_mark(const char *at, struct source **source)
{
    const char *end;

    at += *at == '\n' ? 1 : 0;
    if (*at != '[') {
        return at; // cut off
    }
    end = at + 1;
    while (*end != '\0' && *end != ']' && *end != (char)CONSOLE_MARK) {
        end++;
    }
    if (end[0] != ']' || end[1] != ' ') {
        return end + (*end == ']' ? 1 : 0);
    }
    *source = source_named(at + 1, (uint32_t)(end - at - 1));
    return end + 2;
}

static void take_apart(void)
{
    struct source *source = NULL;
    const char *at = host.console;

    memset(sources, 0, sizeof(sources));
    while (*at != '\0') {
        if (*at == (char)CONSOLE_MARK) {
            at = after_mark(at + 1, &source);
        } else {
            assert_non_null(source);
            source->text[source->size++] = *at++;
            assert_true(source->size < sizeof(source->text));
        }
    }
}

static const char *said(const char *name)
{
    return source_named(name, (uint32_t)strlen(name))->text;
}

static void start(uint64_t frame, uint64_t slot)
{
    system_reset();
    (void)system_partition("alpha", SEP_PARTITION_BOOT);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_console(0, 512);
    system_console(1, SEP_CONSOLE_RING_MIN);
    system_simple_plan(frame, slot);
    system_boot();
}

static sep_status_t say(uint32_t partition, const char *text)
{
    guest_put(partition, SYSTEM_DATA, text, (uint32_t)strlen(text));
    return call(SEP_HC_console_write, SYSTEM_DATA, strlen(text));
}

/// Shows REQ-CON-001, REQ-CON-005
static void lines_with_labels(void **state)
{
    (void)state;
    start(10 * MS, 4 * MS);
    assert_int_equal(say(0, "hello\nworld\n"), SEP_OK);
    run_until(5 * MS);
    assert_int_equal(say(1, "one"), SEP_OK);
    run_until(11 * MS);
    assert_int_equal(say(0, "in between \x1e[b] fake\n"), SEP_OK);
    run_until(15 * MS);
    assert_int_equal(say(1, " two\n"), SEP_OK);
    run_until(100 * MS);
    take_apart();
    assert_string_equal(said("alpha"), "hello\nworld\nin between ?[b] fake\n");
    assert_string_equal(said("b"), "one two\n");
    assert_console("\x1e[alpha] hello\n\x1e[alpha] world\n");
}

/// Shows REQ-CON-002, REQ-HC-002
static void refusals(void **state)
{
    char text[SEP_CONSOLE_WRITE_MAX + 1u];

    (void)state;
    start(10 * MS, 4 * MS);
    memset(text, 'x', sizeof(text));
    guest_put(0, SYSTEM_DATA, text, sizeof(text));
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, SEP_CONSOLE_WRITE_MAX + 1u),
                     SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, (sep_word_t)1 << 32),
                     SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_console_write, 0, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_RAM - 2u, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_RAM + SYSTEM_RAM_SIZE - 2u, 4),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_INFO, 4), SEP_OK);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, SEP_CONSOLE_WRITE_MAX), SEP_OK);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, SEP_CONSOLE_WRITE_MAX),
                     SEP_NOT_AVAILABLE);
    run_until(5 * MS);
    guest_put(1, SYSTEM_DATA, text, sizeof(text));
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, SEP_CONSOLE_RING_MIN + 1u),
                     SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, SEP_CONSOLE_RING_MIN), SEP_OK);
    system_reset();
    (void)system_partition("silent", SEP_PARTITION_BOOT);
    system_simple_plan(MS, MS);
    system_boot();
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, 1), SEP_INVALID_CONFIG);
}

/// One partition writes as much as it can: what was accepted comes out whole and in order, the
/// other's slots begin on time. Shows REQ-CON-001, REQ-CON-003, REQ-CON-004
static void flood(void **state)
{
    char line[32];
    uint32_t accepted = 0;
    uint32_t refused = 0;
    const char *at;

    (void)state;
    start(10 * MS, 4 * MS);
    run_until(20 * MS + US);
    for (uint64_t frame = 2; frame < 40; frame++) {
        while (running_id() == 0) {
            uint64_t before = host.ticks;

            snprintf(line, sizeof(line), "line %u\n", accepted);
            if (say(0, line) == SEP_OK) {
                accepted++;
            } else {
                refused++;
            }
            // A look at the busy device, and no wait for it.
            assert_true(host.ticks - before <= 2u * host_ticks(US));
            run(20 * US);
        }
        assert_true(now() <= frame * 10 * MS + 4 * MS + 20 * US);
        run_until((frame + 1u) * 10 * MS - 6 * MS + 2 * US);
        run_until((frame + 1u) * 10 * MS + 2 * US);
        assert_int_equal(running_id(), 0);
    }
    assert_true(accepted > 100u);
    assert_true(refused > 1000u);
    run_until(600 * MS);
    take_apart();
    at = said("alpha");
    for (uint32_t i = 0; i < accepted; i++) {
        snprintf(line, sizeof(line), "line %u\n", i);
        assert_memory_equal(at, line, strlen(line));
        at += strlen(line);
    }
    assert_int_equal(*at, 0);
}

/// Transmit interrupts bring text out while its partition computes; those of others wait. Shows
/// REQ-CON-003, REQ-CON-004
static void drained_by_interrupts(void **state)
{
    uint32_t before;

    (void)state;
    start(40 * MS, 20 * MS);
    assert_int_equal(say(0, "0123456789abcdef0123456789abcdef\n"), SEP_OK);
    before = host.console_size;
    run_until(10 * MS);
    assert_true(host.console_size > before);
    take_apart();
    assert_string_equal(said("alpha"), "0123456789abcdef0123456789abcdef\n");
    // The text of a partition stays where it is while another computes.
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(say(0, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                                "0123456789abcdef\n"),
                         SEP_OK);
    }
    run_until(20 * MS + 100 * US);
    before = host.console_size;
    run_until(40 * MS - 100 * US);
    assert_int_equal(host.console_size, before);
    run_until(41 * MS);
    assert_true(host.console_size > before);
}

/// A partition that is alone has its text brought out in every one of its slots, not only in the gaps
/// between them. Shows REQ-CON-003
static void drained_in_every_slot(void **state)
{
    char text[SEP_CONSOLE_WRITE_MAX];
    uint32_t before;

    (void)state;
    system_reset();
    (void)system_partition("alone", SEP_PARTITION_BOOT);
    system_console(0, 1024);
    system_simple_plan(10 * MS, 9 * MS);
    system_boot();
    memset(text, 'x', sizeof(text));
    guest_put(0, SYSTEM_DATA, text, sizeof(text));
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, sizeof(text)), SEP_OK);
    }
    for (uint64_t frame = 1; frame < 5; frame++) {
        run_until(frame * 10 * MS + 1 * MS);
        before = host.console_size;
        run_until(frame * 10 * MS + 8 * MS);
        assert_in_range(host.console_size - before, 70, 90); // 7 ms of 87 µs each
    }
}

/// Without an interrupt of the console text still comes out in gaps. Shows REQ-CON-003
static void drained_in_gaps(void **state)
{
    (void)state;
    start(10 * MS, 2 * MS);
    assert_int_equal(say(0, "in the gap\n"), SEP_OK);
    hal_console_irq(false);
    run_until(30 * MS);
    take_apart();
    assert_string_equal(said("alpha"), "in the gap\n");
}

/// Transmit interrupts in gaps and in slots of partitions without text disturb nobody. Shows
/// REQ-CON-003, REQ-CON-004
static void interrupts_for_nobody(void **state)
{
    (void)state;
    start(10 * MS, 2 * MS);
    run_until(3900 * US);
    assert_int_equal(running_id(), 16);
    assert_int_equal(say(1, "long text\n"), SEP_OK);
    run_until(30 * MS);
    take_apart();
    assert_string_equal(said("b"), "long text\n");
    system_reset();
    (void)system_partition("silent", SEP_PARTITION_BOOT);
    system_simple_plan(MS, MS);
    system_boot();
    host.uart_wanted = true;
    host.uart_reported = false;
    run(100 * US);
    assert_int_equal(running_id(), 0);
}

/// A console faster than the processor: bursts are bounded all the same. Shows REQ-CON-003
static void fast_console(void **state)
{
    uint32_t before;

    (void)state;
    start(10 * MS, 4 * MS);
    host.uart_ns = 0;
    run(100 * US);
    before = host.console_size;
    assert_int_equal(say(0, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"),
                     SEP_OK);
    assert_true(host.console_size - before > 0u);
    run_until(10 * MS);
    take_apart();
    assert_string_equal(said("alpha"),
                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
}

/// Without a console of its own the hypervisor keeps every text in its ring. Shows REQ-CON-002,
/// REQ-CON-003
static void silent(void **state)
{
    uint32_t size;

    (void)state;
    start(10 * MS, 4 * MS);
    image.system->flags = 0;
    system_seal();
    assert_int_equal(host_boot(), HOST_DONE);
    size = host.console_size;
    run(100 * US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(say(0, "nobody reads this"), SEP_OK);
    run(30 * MS);
    assert_int_equal(host.console_size, size);
    assert_int_equal(partitions[0].console->head - partitions[0].console->tail, 17);
}

/// Names of every length: the mark is part of a burst. Shows REQ-CON-001, REQ-CON-003
static void names_of_all_lengths(void **state)
{
    static const char letters[SEP_NAME_MAX] = "abcdefghijklmnopqrstuvwxyzabcde";

    (void)state;
    for (uint32_t length = 1; length < sizeof(letters); length++) {
        char name[SEP_NAME_MAX];

        snprintf(name, sizeof(name), "%.*s", (int)length, letters);
        system_reset();
        (void)system_partition(name, SEP_PARTITION_BOOT);
        system_console(0, 256);
        system_simple_plan(10 * MS, 5 * MS);
        system_boot();
        host.uart_ns = 0;
        run(200 * US);
        assert_int_equal(say(0, "first\nsecond\n"), SEP_OK);
        run(20 * MS);
        take_apart();
        assert_string_equal(said(name), "first\nsecond\n");
    }
}

/// Idling partitions leave their time to console text, without being late themselves. Shows
/// REQ-CON-003
static void drained_while_idle(void **state)
{
    (void)state;
    start(10 * MS, 5 * MS);
    assert_int_equal(say(0, "some words, then idle\n"), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    run_until(5 * MS - US);
    take_apart();
    assert_string_equal(said("alpha"), "some words, then idle\n");
    run_until(5 * MS + US);
    assert_int_equal(running_id(), 16);
}

/// While a vCPU idles, other partitions' text goes out, but not so late that it could delay the idling
/// vCPU's timer. Shows REQ-CON-004, REQ-TIMER-001
static void timers_before_text(void **state)
{
    const uint64_t expiry = 12 * MS;
    char text[SEP_CONSOLE_RING_MIN];
    uint32_t before;

    (void)state;
    start(10 * MS, 4 * MS);
    run_until(7 * MS);
    memset(text, 'x', sizeof(text));
    guest_put(1, SYSTEM_DATA, text, sizeof(text));
    assert_int_equal(call(SEP_HC_console_write, SYSTEM_DATA, sizeof(text)), SEP_OK);
    run_until(10 * MS + 10 * US);
    assert_int_equal(call(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_TIMER_HW)), SEP_OK);
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, expiry, 0), SEP_OK);
    before = host.console_size;
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    run_until(expiry - SCHED_GUARD_NS);
    assert_true(host.console_size > before + 10u);
    before = host.console_size;
    run_until(expiry - US);
    assert_int_equal(running_id(), -1);
    assert_in_range(host.console_size, before, before + 1u); // what the UART had already taken
    run_until(expiry + US);
    assert_int_equal(running_id(), 0);
}

/// A line of the hypervisor that is too long is cut, one that finds no room is counted. Shows
/// REQ-CON-002
static void own_lines(void **state)
{
    char text[2u * PRINT_LINE_MAX];

    (void)state;
    start(10 * MS, 4 * MS);
    memset(text, 'y', sizeof(text));
    text[sizeof(text) - 1u] = '\0';
    print("%s", text);
    print("%u %x %% %s", 4294967295u, 0xbeefu, "words");
    run_until(200 * MS);
    take_apart();
    text[PRINT_LINE_MAX - 1u] = '\0';
    assert_non_null(strstr(said("septum"), text));
    assert_null(strstr(said("septum"), "yyyyyyyy\nyyyy"));
    assert_non_null(strstr(said("septum"), "4294967295 0x"));
    assert_non_null(strstr(said("septum"), "beef % words\n"));
    while (console_own->lost < 3u) {
        print("%s", text);
    }
    run_until(4000 * MS);
    print("room again");
    assert_int_equal(console_own->lost, 0);
    run_until(4200 * MS);
    assert_console("3 lines lost");
}

/// Before there is a console, a line is dropped. Shows REQ-CON-002
static void no_console_yet(void **state)
{
    (void)state;
    system_reset();
    assert_null(console_own);
    print("lost %u", 1u);
    assert_int_equal(host.console_size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_with_labels),
        cmocka_unit_test(refusals),
        cmocka_unit_test(flood),
        cmocka_unit_test(drained_by_interrupts),
        cmocka_unit_test(drained_in_every_slot),
        cmocka_unit_test(drained_in_gaps),
        cmocka_unit_test(drained_while_idle),
        cmocka_unit_test(timers_before_text),
        cmocka_unit_test(own_lines),
        cmocka_unit_test(no_console_yet),
        cmocka_unit_test(interrupts_for_nobody),
        cmocka_unit_test(fast_console),
        cmocka_unit_test(silent),
        cmocka_unit_test(names_of_all_lengths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
