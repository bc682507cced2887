// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads and writes memory all over the address space. The only reads that come back are four of its
// own file and information block, behind its own memory.

#include "attack.h"

static void attack(uint32_t number)
{
    uintptr_t place = attack_place(number / 4u) & ~(uintptr_t)7;

    switch (number % 4u) {
    case 0:
        (void)*(volatile uint32_t *)place;
        break;
    case 1:
        *(volatile uint32_t *)place = 0xdeadbeefu;
        break;
    case 2:
        (void)*(volatile uint8_t *)(place + 3u);
        break;
    default:
        *(volatile uint64_t *)place = 0;
        break;
    }
}

int main(void)
{
    attack_all(attack, ATTACK_PLACES * 4u);
    return 0;
}
