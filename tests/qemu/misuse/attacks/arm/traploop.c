// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its own trap table leads to garbage: to nothing, to other memory, into the table itself, to code
// that faults again. Faults are propagated to it. Whatever it ends in, the neighbour starts it again,
// and it tries the next.

#include "attack.h"

#include <septum/arch/arm.h>

static uint32_t table[1024] __attribute__((aligned(4096)));

static const uint32_t fillings[] = {
    0x00000000u, // udf
    0xd4000001u, // svc
    0xd4000022u, // a hypercall, again and again: number in x8
    0xd4000042u, // return from a trap, registers as they are
    0x14000000u, // branch to itself
    0xd61f001fu, // jump to 0
    0xa9bf7bfdu, // store two registers to the stack
    0xd69f03e0u, // eret
    0xf900001fu, // store to x0
    0xd503207fu, // wfi
    0xd51be180u, // the physical timer
    0xffffffffu,
};
#define FILLINGS ((uint32_t)(sizeof(fillings) / sizeof(fillings[0])))

static sep_word_t base(uint32_t number)
{
    return number % 3u != 2u ? (sep_word_t)table
                             : (sep_word_t)attack_place(number) & ~(sep_word_t)2047;
}

static void fault(uint32_t kind)
{
    switch (kind) {
    case 0:
        __asm__ volatile(".inst 0");
        break;
    case 1:
        *(volatile uint32_t *)4 = 0;
        break;
    case 2:
        __asm__ volatile("mov sp, %0\n\tstp x0, x1, [sp, #-16]!" : : "r"((uintptr_t)3) : "memory");
        break;
    case 3:
        __asm__ volatile("mov x9, #0\n\tmov sp, x9\n\t.inst 0" : : : "x9", "memory");
        break;
    default:
        (void)sep_irq_unmask(0xffffffffu);
        (void)sep_irq_enable();
        (void)sep_set_timer(SEP_CLOCK_HW, 1, SEP_TIMER_INTERVAL_MIN);
        break;
    }
}

int main(void)
{
    uint32_t number;

    for (;;) {
        number = attack_state.next++;
        for (uint32_t i = 0; i < 1024u; i++) {
            table[i] = fillings[number % FILLINGS];
        }
        (void)sep_trap_table_set(base(number / FILLINGS));
        fault(number / 7u % 5u);
    }
}
