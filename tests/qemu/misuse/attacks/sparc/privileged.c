// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every privileged instruction, every software trap, unimplemented, coprocessor and floating-point
// instructions, and all address space identifiers of all alternate loads and stores.

#include "attack.h"

#include <septum/arch/sparc.h>

#define FORMAT3(op, rd, op3, rest)                                                                 \
    ((op) << 30 | (uint32_t)(rd) << 25 | (uint32_t)(op3) << 19 | (rest))
#define RS1(n) ((uint32_t)(n) << 14)
#define IMMEDIATE(n) (1u << 13 | ((n) & 0x1fffu))
#define ASI(n) ((uint32_t)(n) << 5)
#define O0 8

/// op3 of every load and store with an alternate space: lda lduba lduha ldda sta stba stha stda ldsba
/// ldsha ldstuba swapa casa.
static const uint8_t alternate[] = {0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16,
                                    0x17, 0x19, 0x1a, 0x1d, 0x1f, 0x3c};
#define ALTERNATES ((uint32_t)sizeof(alternate) * 256u)

/// Single instructions, their operand %o0 or %g0.
static const uint32_t single[] = {
    FORMAT3(2u, O0, 0x29, 0),                      // rd %psr
    FORMAT3(2u, O0, 0x2a, 0),                      // rd %wim
    FORMAT3(2u, O0, 0x2b, 0),                      // rd %tbr
    FORMAT3(2u, 0, 0x31, IMMEDIATE(0)),            // wr 0, %psr
    FORMAT3(2u, 0, 0x31, IMMEDIATE(0xe0)),         // wr 0xe0, %psr
    FORMAT3(2u, 0, 0x31, IMMEDIATE(0x1f)),         // wr 31, %psr
    FORMAT3(2u, 0, 0x32, IMMEDIATE(0)),            // wr 0, %wim
    FORMAT3(2u, 0, 0x32, IMMEDIATE(0xff)),         // wr 255, %wim
    FORMAT3(2u, 0, 0x33, IMMEDIATE(0)),            // wr 0, %tbr
    FORMAT3(2u, 0, 0x39, RS1(O0)),                 // rett %o0
    FORMAT3(2u, 0, 0x39, IMMEDIATE(2)),            // rett 2
    FORMAT3(2u, 0, 0x36, 0),                       // cpop1
    FORMAT3(2u, 0, 0x37, 0),                       // cpop2
    FORMAT3(2u, 0, 0x34, 0x41u << 5),              // fadds
    FORMAT3(2u, 0, 0x34, 0x1ffu << 5),             // an unknown operation
    FORMAT3(2u, 0, 0x35, 0x51u << 5),              // fcmps
    FORMAT3(3u, 0, 0x20, RS1(O0)),                 // ldf
    FORMAT3(3u, 0, 0x21, RS1(O0)),                 // ldfsr
    FORMAT3(3u, 0, 0x23, RS1(O0)),                 // lddf
    FORMAT3(3u, 1, 0x23, RS1(O0)),                 // lddf to an odd register
    FORMAT3(3u, 0, 0x24, RS1(O0)),                 // stf
    FORMAT3(3u, 0, 0x25, RS1(O0)),                 // stfsr
    FORMAT3(3u, 0, 0x26, RS1(O0)),                 // stdfq, privileged
    FORMAT3(3u, 0, 0x27, RS1(O0)),                 // stdf
    FORMAT3(3u, 0, 0x30, RS1(O0)),                 // ldc
    FORMAT3(3u, 0, 0x36, RS1(O0)),                 // stdcq, privileged
    FORMAT3(3u, 9, 0x03, RS1(O0)),                 // ldd to an odd register
    FORMAT3(2u, O0, 0x0e, RS1(O0)),                // udiv by zero
    FORMAT3(2u, O0, 0x0f, RS1(O0)),                // sdiv by zero
    FORMAT3(2u, O0, 0x22, RS1(O0) | IMMEDIATE(1)), // taddcctv of a tagged word
    0x00000000u,                                   // unimp
    0x003fffffu,                                   // unimp
    0x01c00000u,                                   // a coprocessor's branch
    0x11800000u | 0x00400000u,                     // fba
    0xffffffffu,
};
#define SINGLES ((uint32_t)(sizeof(single) / sizeof(single[0])))

// Ancillary registers 1 … 31: reading all, writing all but %asr19, which waits for an interrupt.
#define ANCILLARIES 62u
#define TRAPS 128u

static uint32_t instruction(uint32_t number)
{
    if (number < ALTERNATES) {
        return FORMAT3(3u, O0, alternate[number / 256u], RS1(O0) | ASI(number % 256u));
    }
    number -= ALTERNATES;
    if (number < SINGLES) {
        return single[number];
    }
    number -= SINGLES;
    if (number < 31u) {
        return FORMAT3(2u, O0, 0x28, RS1(number + 1u)); // rd %asr
    }
    if (number < ANCILLARIES) {
        return FORMAT3(2u, number - 30u, 0x30, IMMEDIATE(0xfff)); // wr %asr
    }
    return FORMAT3(2u, 8, 0x3a, IMMEDIATE(number - ANCILLARIES)); // ta
}

static void attack(uint32_t number)
{
    static uint32_t code[3];
    static uint64_t memory[4];
    uint32_t word = instruction(number);

    if (word == FORMAT3(2u, 8, 0x3a, IMMEDIATE(SEP_SPARC_RETT))) {
        return; // is a service, attacked elsewhere
    }
    code[0] = word;
    code[1] = 0x81c3e008u; // retl
    code[2] = 0x01000000u; // nop
    ((void (*)(void *))(uintptr_t)code)(&memory[1]);
}

int main(void)
{
    attack_all(attack, ALTERNATES + SINGLES + ANCILLARIES + TRAPS);
    return 0;
}
