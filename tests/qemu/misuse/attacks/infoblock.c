// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes to its own information block and customisation file, itself and through the hypervisor.

#include "attack.h"

#include <string.h>

#define WORDS 28u
static uint32_t before[WORDS];

static uintptr_t target(uint32_t number)
{
    const struct sep_info_file *note = sep_info_file("note");

    return number < WORDS ? (uintptr_t)sep_info() + 4u * number : (uintptr_t)note->address;
}

static void attack(uint32_t number)
{
    uintptr_t place = target(number / 2u);

    if (number % 2u == 0u) {
        *(volatile uint32_t *)place = 0xffffffffu;
        return;
    }
    (void)sep_call2(SEP_HC_get_time, SEP_CLOCK_HW, place & ~(uintptr_t)7);
    (void)sep_call1(SEP_HC_irq_status, place);
    (void)sep_call1(SEP_HC_plan_status, place & ~(uintptr_t)7);
    (void)sep_call2(SEP_HC_partition_status, SEP_SELF, place & ~(uintptr_t)7);
    (void)sep_call3(SEP_HC_batch, place & ~(uintptr_t)7, 1, place);
}

int main(void)
{
    if (attack_state.next == 0u) {
        memcpy(before, sep_info(), sizeof(before));
    }
    if (memcmp(before, sep_info(), sizeof(before)) != 0 ||
        strncmp((const char *)target(WORDS), "A note that nobody", 18) != 0) {
        printf("MY INFORMATION HAS CHANGED\n");
    }
    attack_all(attack, 2u * (WORDS + 1u));
    return 0;
}
