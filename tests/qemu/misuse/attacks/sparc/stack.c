// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Register windows go to and come from wild stack pointers: nothing, odd, the hypervisor's memory,
// another partition's, a device's, the edges of one's own.

#include "attack.h"

/// stack.S: with this stack pointer, save more often than there are windows, restore more often, call
/// the hypervisor when all windows are full, and restore from where nothing was saved.
void stack_save(uintptr_t sp);
void stack_restore(uintptr_t sp);
void stack_call(uintptr_t sp);
void stack_flush(uintptr_t sp);

#define KINDS 4u
#define OWN 24u
#define PLACES (OWN + ATTACK_PLACES)

static uintptr_t pointer(uint32_t number)
{
    uintptr_t place;

    if (number < OWN / 2u) {
        return attack_own_end() - 8u * number;
    }
    if (number < OWN) {
        return attack_own_first() - 64u + 8u * (number - OWN / 2u);
    }
    place = attack_place(number - OWN);
    return number % 3u == 0u ? place + number % 8u : place & ~(uintptr_t)7;
}

static void attack(uint32_t number)
{
    uintptr_t sp = pointer(number / KINDS);

    switch (number % KINDS) {
    case 0:
        stack_save(sp);
        break;
    case 1:
        stack_restore(sp);
        break;
    case 2:
        stack_call(sp);
        break;
    default:
        stack_flush(sp);
        break;
    }
}

int main(void)
{
    attack_all(attack, PLACES * KINDS);
    return 0;
}
