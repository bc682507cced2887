// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Times every hypercall, register windows and a timer's interrupt, alone and undisturbed in a long
// slot, then prints the raw numbers. Printed in the order of the calls, so that whoever counts
// instructions at bench_call_trap can tell which is which.

#include "bench.h"
#include "table.h"

#include <stdio.h>

#define REPEAT 64u
#define DEPTHS 12u
#define FULL 12u ///< calls deep at which no register window is free, whatever the architecture
#define IRQS 32u
#define WINDOWS_FEW 64u
#define WINDOWS_MANY 128u

struct result {
    uint32_t with, without; ///< ns of all repetitions
    sep_status_t status;    ///< of the last one
};

static struct result depths[DEPTHS];
static struct result get_time;
static struct result calls[TABLE_MAX];
static sep_time_t windows[2][3];
static struct {
    sep_time_t expiry;
    sep_time_t start;
    sep_time_t taken;
    uint32_t left;
} irqs[IRQS];

typedef sep_status_t (*stub_t)(const struct bench_words *words);

__attribute__((noinline)) static uint32_t repeat(stub_t stub, const struct bench_words *words,
                                                 uint32_t count, sep_status_t *status)
{
    sep_time_t begin;
    sep_time_t end;

    // Once more, for a call's cost may depend on where the one before wrote to.
    (void)sep_get_time(SEP_CLOCK_HW, &begin);
    (void)sep_get_time(SEP_CLOCK_HW, &begin);
    do {
        *status = stub(words);
        count--;
    } while (count != 0u);
    (void)sep_get_time(SEP_CLOCK_HW, &end);
    return (uint32_t)(end - begin);
}

static void measure(struct result *result, const struct bench_words *words, uint32_t count)
{
    sep_status_t ignored;

    result->without = repeat(bench_call_nothing, words, count, &ignored);
    result->with = repeat(bench_call, words, count, &result->status);
}

// The null call from this many calls deep: the position in the register windows may matter.
__attribute__((noinline)) static uint32_t null_at(uint32_t depth, uint32_t left)
{
    static const struct bench_words null = {.number = SEP_HC_null};

    if (left == 0u) {
        measure(&depths[depth], &null, REPEAT);
        return depth;
    }
    return null_at(depth, left - 1u) + 1u;
}

// The call from so deep that all register windows hold something.
__attribute__((noinline)) static uint32_t call_at(uint32_t index, uint32_t left)
{
    if (left == 0u) {
        measure(&calls[index], table_words(index), 1);
        return index;
    }
    return call_at(index, left - 1u) + 1u;
}

static void time_interrupts(void)
{
    static struct bench_spin spin;

    (void)sep_trap_table_set((sep_word_t)bench_trap_table);
    (void)sep_irq_unmask(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    (void)sep_irq_enable();
    for (uint32_t i = 0; i < IRQS; i++) {
        (void)sep_get_time(SEP_CLOCK_HW, &irqs[i].expiry);
        irqs[i].expiry += 100000u + 25u * i;
        (void)sep_set_timer(SEP_CLOCK_HW, irqs[i].expiry, 0);
        bench_spin(&spin, 2000);
        irqs[i].start = spin.time;
        irqs[i].taken = bench_irq_time;
        irqs[i].left = bench_irq_left;
    }
    (void)sep_irq_disable();
}

static void print_result(const char *kind, const char *name, uint32_t count, const struct result *r,
                         uint32_t number, sep_status_t expected)
{
    printf("%s %s %u %u %u %u %d %d\n", kind, name, (unsigned)count, (unsigned)r->with,
           (unsigned)r->without, (unsigned)number, r->status,
           expected == TABLE_ANY ? r->status : expected);
}

static void print_all(uint32_t count)
{
    char name[12];

    for (uint32_t i = 0; i < DEPTHS; i++) {
        (void)snprintf(name, sizeof(name), "%u", (unsigned)i);
        print_result("depth", name, REPEAT, &depths[i], SEP_HC_null, SEP_OK);
    }
    print_result("call", "get_time", REPEAT, &get_time, SEP_HC_get_time, SEP_OK);
    for (uint32_t i = 0; i < count; i++) {
        print_result("call", table_name(i), 1, &calls[i], (uint32_t)table_words(i)->number,
                     table_expected(i));
    }
    for (uint32_t i = 0; i < 2u; i++) {
        printf("windows %u %u %u\n", i == 0u ? WINDOWS_FEW : WINDOWS_MANY,
               (unsigned)(windows[i][1] - windows[i][0]),
               (unsigned)(windows[i][2] - windows[i][1]));
    }
    for (uint32_t i = 0; i < IRQS; i++) {
        printf("irq %llu %llu %llu %u\n", (unsigned long long)irqs[i].expiry,
               (unsigned long long)irqs[i].start, (unsigned long long)irqs[i].taken,
               (unsigned)(2000u - irqs[i].left));
    }
}

int main(void)
{
    const struct bench_constants *c = &bench_constant;
    uint32_t count = table_fill();
    sep_time_t twice[2];

    // A whole slot from here on.
    (void)sep_idle_self();
    for (uint32_t i = 0; i < DEPTHS; i++) {
        (void)null_at(i, i);
    }
    measure(&get_time, table_get_time(), REPEAT);
    for (uint32_t i = 0; i < count; i++) {
        (void)call_at(i, FULL);
    }
    bench_windows(windows[0], WINDOWS_FEW);
    bench_windows(windows[1], WINDOWS_MANY);
    bench_twice(twice);
    time_interrupts();
    printf("constants %u %u %u %u %u %u %u\n", (unsigned)c->wake_head, (unsigned)c->twice_gap,
           (unsigned)c->spin_head, (unsigned)c->spin_step, (unsigned)c->loop_step,
           (unsigned)c->windows_step, (unsigned)c->irq_head);
    printf("twice %u\n", (unsigned)(twice[1] - twice[0]));
    print_all(count);
    (void)sep_system_halt();
    return 1;
}
