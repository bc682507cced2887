// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes hypercalls at random, the costliest among them, with right and wrong arguments. None ends
// its run: it never idles, halts or resets itself.

#include "words.h"

#define TEXT_LONG SEP_CONSOLE_WRITE_MAX

static uint32_t state = 88172645u;
static char text[TEXT_LONG];
static uint64_t out[8];
static struct sep_batch_call batch[4];

// A word that a call may take: a good pointer, a bad one, a small number, any number.
static sep_word_t any_word(void)
{
    uint32_t x = random_next(&state);

    switch (x % 8u) {
    case 0:
    case 1:
        return (sep_word_t)out;
    case 2:
        return (sep_word_t)text + (x >> 8) % TEXT_LONG;
    case 3:
        return (sep_word_t)x << 1;
    case 4:
        return (sep_word_t)-1;
    default:
        return (x >> 8) % 64u;
    }
}

static bool ends_the_run(uint32_t number)
{
    switch (number) {
    case SEP_HC_idle_self:
    case SEP_HC_partition_halt:
    case SEP_HC_partition_suspend:
    case SEP_HC_partition_reset:
    case SEP_HC_partition_set_mode:
    case SEP_HC_vcpu_halt:
    case SEP_HC_vcpu_suspend:
    case SEP_HC_trap_table_set:
    case SEP_HC_irq_enable:
        return true;
    default:
        return false;
    }
}

static void call_anything(void)
{
    uint32_t number = random_next(&state) % (SEP_HC_COUNT + 2u);
    sep_word_t clock = random_next(&state) % 2u;

    if (number == SEP_HC_set_timer) {
        // Not the watchdog, whose expiry would end the run.
        (void)sep_set_timer((enum sep_clock)clock, random_next(&state), 0);
    } else if (!ends_the_run(number)) {
        (void)sep_call5(number, any_word(), any_word(), any_word(), any_word(), any_word());
    }
}

static void call_the_costliest(void)
{
    uint32_t done;

    for (uint32_t i = 0; i < 4u; i++) {
        batch[i] = (struct sep_batch_call){.number = SEP_HC_console_write,
                                           .args = {(sep_word_t)text, TEXT_LONG}};
    }
    (void)sep_console_write(text, TEXT_LONG);
    (void)sep_batch(batch, 1u + random_next(&state) % 4u, &done);
}

int main(void)
{
    for (uint32_t i = 0; i < TEXT_LONG; i++) {
        text[i] = '\n';
    }
    for (;;) {
        if (random_next(&state) % 4u == 0u) {
            call_the_costliest();
        } else {
            call_anything();
        }
    }
}
