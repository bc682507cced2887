// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Unaligned loads and stores, and unaligned pointers in hypercalls. A machine may allow the former.

#include "attack.h"

static uint64_t memory[8];

static void load_or_store(uintptr_t place, uint32_t kind)
{
    switch (kind) {
    case 0:
        (void)*(volatile uint16_t *)(place | 1u);
        break;
    case 1:
        *(volatile uint16_t *)(place | 1u) = 1;
        break;
    case 2:
        (void)*(volatile uint32_t *)place;
        break;
    case 3:
        *(volatile uint32_t *)place = 1;
        break;
    case 4:
        (void)*(volatile uint64_t *)place;
        break;
    default:
        *(volatile uint64_t *)place = 1;
        break;
    }
}

static void call(uintptr_t place, uint32_t kind)
{
    const uint32_t calls[] = {SEP_HC_irq_status,     SEP_HC_partition_status, SEP_HC_vcpu_status,
                              SEP_HC_plan_status,    SEP_HC_system_status,    SEP_HC_batch,
                              SEP_HC_trap_table_set, SEP_HC_get_time};

    (void)sep_call5(calls[kind], place, place, place, place, place);
    (void)sep_call5(calls[kind], 0, place, 0, place, 0);
}

static void attack(uint32_t number)
{
    uintptr_t place = (uintptr_t)memory + 8u + 1u + (number / 14u) % 7u;

    if (number % 14u < 6u) {
        load_or_store(place, number % 14u);
    } else {
        call(place, number % 14u - 6u);
    }
}

int main(void)
{
    attack_all(attack, 14u * 7u);
    return 0;
}
