// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Looks through all its register windows for what others left there: after hypercalls of all kinds,
// interrupts and switches, a register holds what the partition put there, or nothing.

#include "attack.h"

/// leak.S: fills all windows and globals with a pattern, makes a call (number, argument), waits the
/// given steps, and stores all it then finds: 7 windows of %l and %i, then %o, then %g1 … %g7 and %y.
#define WINDOWS 7u
#define FOUND (WINDOWS * 16u + 8u + 8u)
void leak_look(uint32_t *found, uint32_t number, uint32_t argument, uint32_t steps);

#define PATTERN 0x5a5a5a00u
#define STEPS_MAX 40000u ///< long enough for the slot to end meanwhile
static uint32_t found[FOUND] __attribute__((aligned(8)));
static uint64_t out[16];

// Own addresses are what calls and frames put there; PATTERN and small numbers too.
static bool is_own(uint32_t value)
{
    return (value & 0xffffff00u) == PATTERN || value < STEPS_MAX || value > 0xffffff00u ||
           (value >= attack_own_first() && value < attack_own_end());
}

static void attack(uint32_t number)
{
    uint32_t call = number % SEP_HC_COUNT;
    uint32_t steps = number / SEP_HC_COUNT * 7919u % STEPS_MAX;

    if (call == SEP_HC_partition_halt || call == SEP_HC_partition_suspend ||
        call == SEP_HC_partition_reset || call == SEP_HC_vcpu_halt || call == SEP_HC_vcpu_suspend ||
        call == SEP_HC_hm_raise) {
        call = SEP_HC_null;
    }
    leak_look(found, call, (uint32_t)out, steps);
    for (uint32_t i = 0; i < FOUND; i++) {
        if (!is_own(found[i])) {
            printf("LEAK: %u of call %u: 0x%08x\n", (unsigned)i, (unsigned)call,
                   (unsigned)found[i]);
        }
    }
}

int main(void)
{
    attack_all(attack, SEP_HC_COUNT * 12u);
    return 0;
}
