// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The program on Linux: exchanges messages with the real-time partition through the shared area and
// prints how long that takes. It needs no driver: addresses come from the device tree, memory from
// /dev/mem.
//
//     program NODE [ROUNDS]     NODE: /proc/device-tree/shared-area@...
//     program NODE alone        plays the partition's part itself, where there is no doorbell

#include "exchange.h"
#include "system.h"

#define REG_BYTES 32u // an area and a doorbell, each of two 64-bit numbers
#define PATH_MAX_BYTES 256u
#define PATIENCE_SECONDS 10u
#define ROUNDS_DEFAULT 100u

static struct exchange *exchange;
static volatile uint32_t *bell; ///< NULL: the program answers itself

static size_t length(const char *text)
{
    size_t n = 0;

    while (text[n] != '\0') {
        n++;
    }
    return n;
}

static void say(const char *text)
{
    (void)system_write(text, length(text));
}

static void say_number(uint64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    (void)system_write(digits + at, sizeof(digits) - at);
}

static _Noreturn void fail(const char *why)
{
    say("exchange: ");
    say(why);
    say("\n");
    system_exit(1);
}

static uint64_t cells(const uint8_t *at)
{
    uint64_t value = 0;

    for (uint32_t i = 0; i < 8u; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

// The property `reg` of a node: bytes, at most REG_BYTES.
static size_t read_reg(const char *node, uint8_t *reg)
{
    char path[PATH_MAX_BYTES];
    const char *tail = "/reg";
    size_t n = length(node);
    long file, got;

    if (n + 5u > sizeof(path)) {
        fail("the node's path is too long");
    }
    for (size_t i = 0; i < n; i++) {
        path[i] = node[i];
    }
    for (size_t i = 0; i < 5u; i++) {
        path[n + i] = tail[i];
    }
    file = system_open(path, SYSTEM_READ_ONLY);
    got = file < 0 ? file : system_read(file, reg, REG_BYTES);
    if (got < 16) {
        fail("the node has no reg");
    }
    return (size_t)got;
}

static void map(const char *node, int alone)
{
    uint8_t reg[REG_BYTES];
    size_t size = read_reg(node, reg);
    long memory = system_open("/dev/mem", SYSTEM_READ_WRITE | SYSTEM_SYNC);

    if (memory < 0) {
        fail("/dev/mem cannot be opened");
    }
    if (cells(reg + 8) < sizeof(struct exchange)) {
        fail("the area is too small");
    }
    exchange = (struct exchange *)(uintptr_t)system_map(memory, cells(reg), cells(reg + 8));
    if (!alone && size == REG_BYTES) {
        bell = system_map(memory, cells(reg + 16), cells(reg + 24));
    }
    if (exchange == NULL || (!alone && bell == NULL)) {
        fail("area or doorbell cannot be mapped");
    }
}

static void answer_myself(void)
{
    for (uint32_t i = 0; i < EXCHANGE_WORDS; i++) {
        exchange->answer[i] = exchange_answer(exchange->request[i]);
    }
    exchange_barrier();
    exchange->answered = exchange->asked;
}

static void wait_for(uint32_t number)
{
    uint64_t until = system_ticks() + PATIENCE_SECONDS * system_ticks_per_second();

    while (exchange->answered != number) {
        if (system_ticks() > until) {
            fail("no answer");
        }
        system_yield();
    }
    exchange_barrier();
}

// One request and its answer; ticks from the first word to the last.
static uint64_t round_trip(uint32_t size, uint32_t round)
{
    uint64_t start = system_ticks();
    uint32_t number = exchange->asked + 1u;
    uint32_t got[EXCHANGE_WORDS];

    for (uint32_t i = 0; i < size / 4u; i++) {
        exchange->request[i] = round * 0x01010101u + i;
    }
    exchange->size = size;
    exchange_barrier();
    exchange->asked = number;
    exchange_barrier();
    if (bell != NULL) {
        *bell = 1;
    } else {
        answer_myself();
    }
    wait_for(number);
    for (uint32_t i = 0; i < size / 4u; i++) {
        got[i] = exchange->answer[i];
    }
    start = system_ticks() - start;
    for (uint32_t i = 0; i < size / 4u; i++) {
        if (got[i] != exchange_answer(round * 0x01010101u + i)) {
            fail("a wrong answer");
        }
    }
    return start;
}

static void measure(uint32_t size, uint32_t rounds)
{
    uint64_t sum = 0;
    uint64_t most = 0;
    uint64_t least = UINT64_MAX;

    for (uint32_t i = 0; i < rounds; i++) {
        uint64_t ticks = round_trip(size, i);

        sum += ticks;
        most = ticks > most ? ticks : most;
        least = ticks < least ? ticks : least;
    }
    say("exchange: ");
    say_number(size);
    say(" bytes, ");
    say_number(rounds);
    say(" rounds, ticks least ");
    say_number(least);
    say(" mean ");
    say_number(sum / rounds);
    say(" most ");
    say_number(most);
    say("\n");
}

static uint32_t number_of(const char *text)
{
    uint32_t value = 0;

    for (; *text >= '0' && *text <= '9' && value < 1000000u; text++) {
        value = value * 10u + (uint32_t)(*text - '0');
    }
    return value;
}

_Noreturn void program_main(long count, char **words);

_Noreturn void program_main(long count, char **words)
{
    static const uint32_t sizes[] = {16, 32, 64};
    int alone = count > 2 && words[2][0] == 'a';
    uint32_t rounds = count > 2 && !alone ? number_of(words[2]) : ROUNDS_DEFAULT;

    if (count < 2 || rounds == 0u) {
        fail("NODE [ROUNDS | alone]");
    }
    map(words[1], alone);
    exchange->answered = exchange->asked;
    for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        measure(sizes[i], rounds);
    }
    say("exchange: done at ");
    say_number(system_ticks_per_second());
    say(" ticks per second\n");
    system_exit(0);
}
