// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// System registers of all levels, read and written, exception-generating and privileged instructions.

#include "attack.h"

#define SYSTEM(read, op0, op1, crn, crm, op2)                                                      \
    (0xd5000000u | (uint32_t)(read) << 21 | (uint32_t)(op0) << 19 | (uint32_t)(op1) << 16 |        \
     (uint32_t)(crn) << 12 | (uint32_t)(crm) << 8 | (uint32_t)(op2) << 5)

/// Single instructions, their operand x0.
static const uint32_t single[] = {
    0xd69f03e0u, // eret
    0xd6bf03e0u, // drps
    0xd4a00001u, // dcps1
    0xd4a00002u, // dcps2
    0xd4a00003u, // dcps3
    0xd4400000u, // hlt
    0xd4200000u, // brk
    0xd4000001u, // svc 0
    0xd41fffe1u, // svc 65535
    0xd4000003u, // smc 0
    0xd41fffe3u, // smc 65535
    0x00000000u, // udf
    0x1e204000u, // fmov s0, s0
    0x04200000u, // an instruction of SVE
    0xd50342dfu, // msr daifset, 2
    0xd50342ffu, // msr daifclr, 2
    0xd50040bfu, // msr spsel, 0
    0xd503407fu, // msr uao, 0
    0xd508751fu, // ic iallu
    0xd508831fu, // tlbi vmalle1is
    0xd508871fu, // tlbi vmalle1
    0xd50c871fu, // tlbi alle2
    0xd50c879fu, // tlbi alle1
    0xd50c87dfu, // tlbi vmalls12e1
    0xd5087640u, // dc isw, x0
    0xd5087a40u, // dc csw, x0
    0xd5087e40u, // dc cisw, x0
    0xd5087620u, // dc ivac, x0
    0xd50b7420u, // dc zva, x0
    0xd50c7800u, // at s1e2r, x0
    0xd50c7880u, // at s12e1r, x0
    0xd5087800u, // at s1e1r, x0
    0xffffffffu,
};
#define SINGLES ((uint32_t)(sizeof(single) / sizeof(single[0])))
#define CALLS 64u
/// Of 32768 registers, read and written, these many by chance.
#define REGISTERS 3000u

static uint32_t instruction(uint32_t number)
{
    volatile uint32_t state = (number + 1u) * 2654435761u | 1u;
    uint32_t x;

    if (number < SINGLES) {
        return single[number];
    }
    number -= SINGLES;
    if (number < CALLS) {
        return 0xd4000002u | (3u + number * number * 16u)
                                 << 5; // hvc, but for the kinds that are services
    }
    (void)attack_random(&state);
    x = attack_random(&state);
    return SYSTEM(x & 1u, 2u | (x >> 1 & 1u), x >> 2 & 7u, x >> 5 & 15u, x >> 9 & 15u,
                  x >> 13 & 7u);
}

static void attack(uint32_t number)
{
    static uint32_t code[2];

    code[0] = instruction(number);
    code[1] = 0xd65f03c0u; // ret
    ((void (*)(uintptr_t))(uintptr_t)code)(0x10);
}

int main(void)
{
    attack_all(attack, SINGLES + CALLS + REGISTERS);
    return 0;
}
