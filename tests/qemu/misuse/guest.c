// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The frame of an attacker that is an unmodified operating system: exceptions, single instructions, the end.

#include "guest.h"

#define RET 0xd65f03c0u

volatile struct guest_last guest_last;

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    guest_last.esr = esr;
    guest_last.elr = elr;
    guest_last.far = far;
    guest_last.count++;
    if (CLASS(esr) == CLASS_STATE) {
        return elr; // for ever: its cause is not the instruction
    }
    return CLASS(esr) == CLASS_FETCH || CLASS(esr) == CLASS_PC ? guest_last.escape : elr + 4u;
}

void guest_interrupt(void)
{
    attack_interrupt();
}

// From another stack pointer or level: nothing goes on from here.
void guest_unexpected(uint64_t esr, uint64_t elr)
{
    if (!guest_last.astray) {
        guest_wrong("unexpected exception at", elr, esr);
    }
    for (;;) {
    }
}

uint64_t guest_try(uint32_t instruction, uint64_t x0)
{
    static uint32_t code[2] __attribute__((aligned(64)));
    register uint64_t value __asm__("x0") = x0;

    code[0] = instruction;
    code[1] = RET;
    guest_last.count = 0;
    guest_state.made++;
    __asm__ volatile("dc cvau, %1\n\tdsb ish\n\tic iallu\n\tdsb ish\n\tisb\n\tblr %1"
                     : "+r"(value)
                     : "r"((uintptr_t)code)
                     : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x30", "cc",
                       "memory");
    return value;
}

void guest_jump(uint64_t address)
{
    guest_last.count = 0;
    guest_state.made++;
    __asm__ volatile("adr x9, 1f\n\tstr x9, [%1]\n\tbr %0\n1:"
                     :
                     : "r"(address), "r"(&guest_last.escape)
                     : "x9", "memory");
}

bool guest_aborted(void)
{
    bool aborted = guest_last.count == 1u && STATUS(guest_last.esr) == STATUS_EXTERNAL &&
                   (CLASS(guest_last.esr) == CLASS_DATA || CLASS(guest_last.esr) == CLASS_FETCH);

    guest_state.aborted += aborted ? 1u : 0u;
    return aborted;
}

bool guest_undefined(void)
{
    bool undefined = guest_last.count == 1u && guest_last.esr == 0x02000000u;

    guest_state.undefined += undefined ? 1u : 0u;
    return undefined;
}

static void count(const char *what, uint32_t number)
{
    guest_say(what);
    guest_say_number(number);
}

void guest_main(void)
{
    bool more = !guest_state.over;

    while (more) {
        uint32_t number = guest_state.next;

        guest_state.next = number + 1u;
        more = attack(number);
    }
    if (!guest_state.over) {
        guest_state.over = true; // another life does nothing
        count("made ", guest_state.made);
        count(", undefined ", guest_state.undefined);
        count(", aborted ", guest_state.aborted);
        count(", wrong ", guest_state.wrong);
        guest_say("\n");
    }
    for (;;) {
        __asm__ volatile("wfi");
    }
}
