// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its own trap table leads to garbage: to nothing, to other memory, into the table itself, to code
// that faults again. Faults are propagated to it. Whatever it ends in, the neighbour starts it again,
// and it tries the next.

#include "attack.h"

#include <septum/arch/sparc.h>

static uint32_t table[1024] __attribute__((aligned(4096)));

static const uint32_t fillings[] = {
    0x00000000u, // unimp
    0x91d02005u, // ta 5
    0x91d02010u, // a hypercall, again and again: number in %g1
    0x91d02011u, // return from a trap, registers as they are
    0x10800000u, // branch to itself
    0x81c00000u, // jump to 0
    0x9de3bfa0u, // save
    0x81e80000u, // restore
    0xc0220000u, // store to %o0
    0x81c44000u, // jump to %l1: where the fault was
    0x81c48000u, // jump to %l2
    0xffffffffu,
};
#define FILLINGS ((uint32_t)(sizeof(fillings) / sizeof(fillings[0])))

static sep_word_t base(uint32_t number)
{
    return number % 3u != 2u ? (sep_word_t)table
                             : (sep_word_t)attack_place(number) & ~(sep_word_t)4095;
}

static void fault(uint32_t kind)
{
    switch (kind) {
    case 0:
        __asm__ volatile("unimp 0");
        break;
    case 1:
        *(volatile uint32_t *)4 = 0;
        break;
    case 2:
        __asm__ volatile(
            "mov %%sp, %%g2\n mov 3, %%sp\n save %%g0, 5, %%sp\n .rept 9\n save\n .endr"
            :
            :
            : "memory");
        break;
    case 3:
        __asm__ volatile("clr %%sp\n clr %%fp\n unimp 0" : : : "memory");
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
