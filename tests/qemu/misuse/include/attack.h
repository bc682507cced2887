// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What an attacker is made of: a list of things that a partition must not do. Each ends in a fault,
// which starts the partition anew with its memory kept, or comes back.

#ifndef MISUSE_ATTACK_H
#define MISUSE_ATTACK_H

#include <septum/septum.h>
#include <stdio.h>

typedef void (*attack_t)(uint32_t number);

/// Kept across warm resets: nothing clears it.
static volatile struct {
    uint32_t next;
    uint32_t returned;
} attack_state;

/// Makes every attack once, then says how many there were and how many came back.
static inline void attack_all(attack_t attack, uint32_t count)
{
    while (attack_state.next < count) {
        uint32_t number = attack_state.next;

        attack_state.next = number + 1u;
        attack(number);
        attack_state.returned++;
    }
    printf("made %u attacks, %u came back\n", (unsigned)count, (unsigned)attack_state.returned);
    for (;;) {
        (void)sep_idle_self();
    }
}

/// The same sequence on every machine (xorshift; the state is never 0).
static inline uint32_t attack_random(volatile uint32_t *state)
{
    uint32_t x = *state;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    return x;
}

/// Own memory: its first address, and the first behind it.
static inline uintptr_t attack_own_first(void)
{
    return (uintptr_t)sep_info_area("ram")->address;
}

static inline uintptr_t attack_own_end(void)
{
    const struct sep_info_area *area = sep_info_area("ram");

    return (uintptr_t)(area->address + area->size);
}

/// Addresses all over, none of them the caller's own writable memory: a step of 16 MiB through the
/// low 4 GiB, each with a few offsets, and the places next to its own.
#define ATTACK_PLACES (256u * 4u + 8u)
static inline uintptr_t attack_place(uint32_t number)
{
    static const uintptr_t offsets[4] = {0x0, 0x100, 0x80000, 0xfffffc};
    const uintptr_t near[8] = {
        attack_own_first() - 4u,
        attack_own_first() - 0x1000u,
        attack_own_end(),
        attack_own_end() + 0x1000u,
        attack_own_first() - 0x100000u,
        attack_own_first() - 0x200000u,
        (uintptr_t)sep_info() + 0x10000u,
        (uintptr_t)-8,
    };

    if (number < 8u) {
        return near[number];
    }
    return (((uintptr_t)(number - 8u) / 4u) << 24) + offsets[number % 4u];
}

#endif
