// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Jumps all over the address space: into the hypervisor, other partitions, devices, nowhere, and into
// its own memory that is not executable.

#include "attack.h"

static void attack(uint32_t number)
{
    uintptr_t place = attack_place(number / 2u) + (number % 2u) * 2u;

    if (number < 4u) {
        place = (uintptr_t)sep_info() + number * 16u;
    }
    ((void (*)(void))place)();
}

int main(void)
{
    attack_all(attack, ATTACK_PLACES * 2u);
    return 0;
}
