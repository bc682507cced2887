// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// More interrupts at once than list registers: 32 of them, of all priorities, pending together and nested. What the
// machine gives is held against a model that knows nothing of list registers: always the most urgent one that is
// pending, as soon as it may be taken, once for each time that it became pending. In the end it rings for the other
// program, and takes the interrupt with which that one rings.

#include "machine.h"

#define COUNT 32u
#define SOFTWARE 16u // the first ones
#define LINES 16u    // assigned to the program, from one of these on
#define LINES_OF_ONE 48u
#define LINES_OF_OTHER 64u
#define PRIORITIES 31u // the least urgent one is masked for ever
#define ROUNDS 60u
#define IDLE 0xffu
#define PATIENCE 2000u
#define BELL 224u
#define BELL_STORE 0x0b000000u
#define BELL_PATIENCE 10000000u

static struct {
    bool pending, active;
    uint8_t priority;
} model[COUNT];

static struct {
    uint32_t of[COUNT + 1u]; ///< interrupts that are active, innermost last
    uint32_t depth, deepest;
} stack;

static uint64_t raised, expected_takes, takes;
static uint32_t budget; ///< how many more handlers may raise in this round
static bool ladder;     ///< each handler raises the one above it
static bool two_steps;
static volatile uint32_t rung;

static uint32_t random_number(uint32_t below)
{
    static uint64_t state = 20261;

    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(state >> 33) % below;
}

static uint32_t first_line;

static uint32_t number_of(uint32_t index)
{
    return index < SOFTWARE ? index : first_line + index - SOFTWARE;
}

// A bit of each assigned line in registers of one bit per interrupt.
static uint32_t line_bits(void)
{
    return ((1u << LINES) - 1u) << (first_line % 32u);
}

static uint32_t line_register(uint32_t offset)
{
    return offset + first_line / 32u * 4u;
}

// Lines of others are not there.
static void find_lines(void)
{
    first_line = LINES_OF_ONE;
    REG32(GICD + line_register(0x100)) = line_bits();
    if ((REG32(GICD + line_register(0x100)) & line_bits()) == 0u) {
        first_line = LINES_OF_OTHER;
        REG32(GICD + line_register(0x100)) = line_bits();
    }
    REG32(GICD + 0xc00 + first_line / 16u * 4u) = 0xaaaaaaaau; // edges
}

static uint32_t running(void)
{
    return stack.depth == 0u ? IDLE : model[stack.of[stack.depth - 1u]].priority;
}

// The most urgent priority that must be taken now; IDLE: none.
static uint32_t urgent(void)
{
    uint32_t best = IDLE;

    for (uint32_t i = 0; i < COUNT; i++) {
        if (model[i].pending && !model[i].active && model[i].priority < best) {
            best = model[i].priority;
        }
    }
    return best < running() ? best : IDLE;
}

// With interrupts off.
static void raise(uint32_t index)
{
    uint32_t number = number_of(index);

    if (index < SOFTWARE) {
        (void)irq_send(number);
    } else {
        REG32(GICD + 0x200 + number / 32u * 4u) = 1u << (number % 32u);
    }
    raised++;
    expected_takes += model[index].pending ? 0u : 1u;
    model[index].pending = true;
}

// Interrupts on until nothing is left that may be taken.
static void let_come(const char *where)
{
    irq_on();
    for (uint32_t turns = 0; turns < PATIENCE && urgent() != IDLE; turns++) {
        __asm__ volatile("" : : : "memory");
    }
    irq_off();
    check(where, urgent(), IDLE);
}

static void raise_more(uint32_t index)
{
    if (ladder) {
        if (index + 1u < PRIORITIES) {
            raise(index + 1u);
        }
        return;
    }
    for (uint32_t n = random_number(4); n != 0u && budget != 0u; n--, budget--) {
        raise(random_number(COUNT));
    }
}

void guest_interrupt(void)
{
    uint32_t number = irq_take();
    uint32_t index = number < SOFTWARE ? number : number - first_line + SOFTWARE;

    if (number == BELL) {
        rung++;
        irq_end(number);
        return;
    }
    if (number == SPURIOUS || index >= COUNT) {
        check("number", number, 0);
        return;
    }
    check("pending", model[index].pending && !model[index].active, 1);
    check("most urgent", model[index].priority, urgent());
    takes++;
    model[index].pending = false;
    model[index].active = true;
    stack.of[stack.depth++] = index;
    stack.deepest = stack.depth > stack.deepest ? stack.depth : stack.deepest;
    raise_more(index);
    let_come("left over in a handler");
    stack.depth--;
    check("innermost", stack.of[stack.depth], index);
    model[index].active = false;
    irq_end(number);
    if (two_steps) {
        irq_deactivate(number);
    }
}

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    (void)far;
    guest_unexpected(esr, elr);
    return elr;
}

// index -> priority, in hardware and model.
static void prioritize(uint32_t index, uint32_t level)
{
    uint32_t number = number_of(index);

    model[index].priority = (uint8_t)(level * 8u);
    REG8((number < 32u ? private_frame() : GICD) + 0x400 + number) = (uint8_t)(level * 8u);
}

// Those from software, and above them the lines.
static uint32_t bits_of(uint32_t offset)
{
    return (REG32(private_frame() + offset) & ((1u << SOFTWARE) - 1u)) |
           (REG32(GICD + line_register(offset)) & line_bits()) >> first_line % 32u << SOFTWARE;
}

static void one_round(uint32_t round)
{
    ladder = round % 8u == 7u;
    two_steps = round % 2u != 0u;
    budget = 64;
    controller_two_steps(two_steps);
    for (uint32_t i = 0; i < COUNT; i++) {
        prioritize(i, ladder ? PRIORITIES - 1u - i % PRIORITIES : random_number(PRIORITIES));
    }
    if (ladder) {
        raise(0);
    } else {
        for (uint32_t i = 0; i < COUNT; i++) {
            raise((i * 11u + round) % COUNT);
        }
        check("all pending", bits_of(0x200), UINT32_MAX);
    }
    let_come("left over");
    check("taken", takes, expected_takes);
    check("nothing pending", bits_of(0x200), 0);
    check("nothing active", bits_of(0x300), 0);
}

static void ring(void)
{
    controller_two_steps(false);
    REG8(GICD + 0x400 + BELL) = 0x80;
    REG32(GICD + 0x100 + BELL / 32u * 4u) = 1u << (BELL % 32u);
    REG32(BELL_STORE) = 1;
    irq_on();
    for (uint32_t turns = 0; turns < BELL_PATIENCE && rung == 0u; turns++) {
    }
    irq_off();
    check("the other's bell", rung, 1);
    check("doorbell read", REG32(BELL_STORE), 0);
}

void guest_main(void)
{
    machine_find();
    controller_on();
    REG32(private_frame() + 0x100) = 0xffffu;
    find_lines();
    irq_off();
    for (uint32_t round = 0; round < ROUNDS; round++) {
        one_round(round);
    }
    check("deepest", stack.deepest, PRIORITIES);
    check("raised", raised >= ROUNDS / 8u * 7u * COUNT, 1);
    ring();
    say_number(takes);
    say(" interrupts taken, ");
    say_number(wrong);
    say(" wrong\n");
    (void)power(false, 0x84000008u, 0);
}
