// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Looks through all its registers for what others left there: after hypercalls of all kinds, interrupts
// and switches, a register holds what the partition put there, or nothing.

#include "attack.h"

/// leak.S: fills all registers with a pattern, makes a call (number, argument), waits the given steps, and
/// stores all it then finds: x0 … x30, condition flags, and registers of EL0 and EL1.
#define FOUND 56u
void leak_look(uint64_t *found, uint32_t number, uintptr_t argument, uint32_t steps);

#define PATTERN 0x5a5a5a00u
#define STEPS_MAX 40000u ///< long enough for the slot to end meanwhile
static uint64_t found[FOUND];
static uint64_t out[16];

// Own addresses are what calls put there; PATTERN and small numbers too; a status is negative; what an
// interrupt has saved is the partition's own state, condition flags and masks.
static bool is_own(uint64_t value)
{
    return (value & ~(uint64_t)0xff) == PATTERN || value < STEPS_MAX ||
           value > UINT64_MAX - 0x100u || (value & ~0xf00003c0ull) == 0u ||
           (value & ~0xf00003c0ull) == 5u ||
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
    leak_look(found, call, (uintptr_t)out, steps);
    for (uint32_t i = 0; i < FOUND; i++) {
        if (!is_own(found[i])) {
            printf("LEAK: %u of call %u: 0x%llx\n", (unsigned)i, (unsigned)call,
                   (unsigned long long)found[i]);
        }
    }
}

int main(void)
{
    attack_all(attack, SEP_HC_COUNT * 12u);
    return 0;
}
