// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Calls the firmware, which could switch the machine off or start other processors: all of PSCI, in both
// forms, and the calls around it.

#include "attack.h"

#define FUNCTIONS 32u

static const uint32_t ranges[] = {0x84000000u, 0xc4000000u, 0x80000000u, 0x80008000u, 0xc6000000u};
#define RANGES ((uint32_t)(sizeof(ranges) / sizeof(ranges[0])))

static void attack(uint32_t number)
{
    register uintptr_t x0 __asm__("x0") = ranges[number / FUNCTIONS] + number % FUNCTIONS;
    register uintptr_t x1 __asm__("x1") = 1;
    register uintptr_t x2 __asm__("x2") = attack_own_first();

    __asm__ volatile("smc #0" : "+r"(x0) : "r"(x1), "r"(x2) : "memory");
}

int main(void)
{
    attack_all(attack, RANGES * FUNCTIONS);
    return 0;
}
