// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Executes random instructions, for ever. They may do anything to the partition itself, so that it
// has no end of its own: a watchdog and the neighbour start it again, now and then from its image.

#include "attack.h"

#define WORDS 6u
#define LIFE 2000000u ///< ns that one piece of code may take

static uint32_t code[WORDS + 2u];
static volatile uint32_t state;

// Half of the words are instructions by their form, the others are anything.
static uint32_t any_instruction(void)
{
    uint32_t x = attack_random(&state);

    switch (x % 8u) {
    case 0:
    case 1:
        return 0xd5000000u | (attack_random(&state) & 0x003fffffu); // system registers and hints
    case 2:
    case 3:
        return 0xb8000000u | (attack_random(&state) & 0x47ffffffu); // loads and stores
    case 4:
        return 0xd4000000u |
               (attack_random(&state) & 0x02ffffffu); // exceptions, branches to registers
    default:
        return attack_random(&state);
    }
}

static void run_some(void)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        code[i] = any_instruction();
    }
    code[WORDS] = 0xd65f03c0u; // ret
    code[WORDS + 1u] = 0xd503201fu;
    ((void (*)(void *, uint32_t, uint32_t))(uintptr_t)code)(code, state, attack_random(&state));
}

int main(void)
{
    struct sep_partition_status status;
    sep_time_t now;

    (void)sep_partition_status(SEP_SELF, &status);
    if (status.reset_count % 64u == 63u) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_COLD, 0);
    }
    state = (status.reset_count + 1u) * 2654435761u | 1u;
    for (;;) {
        (void)sep_get_time(SEP_CLOCK_HW, &now);
        (void)sep_set_timer(SEP_CLOCK_WATCHDOG, now + LIFE, 0);
        run_some();
    }
}
