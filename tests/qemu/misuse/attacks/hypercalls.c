// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Any hypercall number with any arguments, for ever: whatever stops the partition, it is started
// again and goes on with other numbers.

#include "attack.h"

static uint64_t memory[64];
static volatile uint32_t state;

static sep_word_t any_word(void)
{
    uint32_t x = attack_random(&state);
    uint32_t more = attack_random(&state);

    switch (x % 16u) {
    case 0:
    case 1:
    case 2:
        return (sep_word_t)&memory[more % 64u];
    case 3:
        return (sep_word_t)memory + more % 512u;
    case 4:
        return attack_place(more % ATTACK_PLACES);
    case 5:
        return attack_own_end() - more % 64u;
    case 6:
        return (sep_word_t)sep_info() + more % 128u;
    case 7:
        return (sep_word_t)1 << more % (8u * sizeof(sep_word_t));
    case 8:
        return (sep_word_t)0 - more % 16u;
    case 9:
        return (sep_word_t)more;
    default:
        return more % 40u;
    }
}

// A batch of anything.
static void fill_memory(void)
{
    struct sep_batch_call *calls = (struct sep_batch_call *)memory;

    for (uint32_t i = 0; i < sizeof(memory) / (sizeof(*calls)); i++) {
        calls[i].number = attack_random(&state) % 36u;
        for (uint32_t n = 0; n < 5u; n++) {
            calls[i].args[n] = any_word();
        }
    }
}

static uint32_t any_number(void)
{
    uint32_t x = attack_random(&state);

    switch (x % 8u) {
    case 0:
        return x >> 3;
    case 1:
        return SEP_HC_ARCH_FIRST + (x >> 3) % (SEP_HC_ARCH_MAX + 2u);
    default:
        return (x >> 3) % (SEP_HC_COUNT + 1u);
    }
}

int main(void)
{
    struct sep_partition_status status;

    (void)sep_partition_status(SEP_SELF, &status);
    state = (status.reset_count + 1u) * 2654435761u | 1u;
    for (uint32_t i = 0;; i++) {
        if (i % 16u == 0u) {
            fill_memory();
        }
        uint32_t number = any_number();

        if (number == SEP_HC_idle_self && i % 8u != 0u) {
            continue; // would sleep most of the time
        }
        (void)sep_call5(number, any_word(), any_word(), any_word(), any_word(), any_word());
    }
}
