// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Batches that overwrite themselves: with the statuses, times and counts of their own calls, at the
// end of memory, and in other memory than their own.

#include "attack.h"

static struct sep_batch_call calls[SEP_BATCH_MAX + 1u];

static void fill(uint32_t number)
{
    for (uint32_t i = 0; i < SEP_BATCH_MAX + 1u; i++) {
        uint32_t victim = (i + 1u) % SEP_BATCH_MAX;

        calls[i] = (struct sep_batch_call){.number = SEP_HC_get_time};
        calls[i].args[1] = (uintptr_t)&calls[victim] + 8u * (number % 6u);
        if ((i + number) % 3u == 0u) {
            calls[i].number = SEP_HC_plan_status;
            calls[i].args[0] = (uintptr_t)&calls[victim] & ~(uintptr_t)7;
        }
    }
}

static void attack(uint32_t number)
{
    static uint32_t done;
    uint32_t count = number % (SEP_BATCH_MAX + 2u);
    const uintptr_t place = attack_own_end() - 8u * (number % 16u);

    fill(number);
    (void)sep_batch(calls, count, &done);
    (void)sep_batch(calls, count, &calls[number % SEP_BATCH_MAX].number);
    (void)sep_batch(calls, 0xffffffffu, &done);
    (void)sep_batch((struct sep_batch_call *)place, count, &done);
    (void)sep_batch((struct sep_batch_call *)attack_place(number), count, &done);
    (void)sep_batch(calls, count, (uint32_t *)attack_place(number));
}

int main(void)
{
    attack_all(attack, 1000);
    return 0;
}
