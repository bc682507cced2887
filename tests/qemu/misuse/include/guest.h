// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What an attacker is made of that is an unmodified operating system: it knows its machine and nothing of the
// hypervisor. Its exceptions come to itself. What it cannot survive ends with its life: a neighbour starts it again,
// and it goes on with the next attack.

#ifndef MISUSE_GUEST_H
#define MISUSE_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#define GICD 0x08000000u
#define GICR 0x080a0000u
#define SGI_FRAME (GICR + 0x10000u)
#define UART 0x09000000u
#define RTC 0x09010000u
#define DOORBELL 0x0b000000u
#define RTC_LINE 34u
#define TIMER_LINE 27u

/// Memory of others, and where nothing is: the hypervisor, west, east, the board's other RAM and devices.
#define HYPERVISOR 0x40200000u
#define WEST 0x40300000u
#define EAST 0x40400000u
#define CONSTANTS 0x61000000u ///< own memory that may only be read
#define NOTHING 0x0a100000u

#define READ(name)                                                                                 \
    ({                                                                                             \
        uint64_t value_of_it;                                                                      \
        __asm__ volatile("mrs %0, " #name : "=r"(value_of_it));                                    \
        value_of_it;                                                                               \
    })
#define WRITE(name, value)                                                                         \
    __asm__ volatile("msr " #name ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

/// Kept over all lives: memory shared with nobody, which no reset clears.
struct guest_state {
    volatile bool over;
    volatile uint32_t next;      ///< attack
    volatile uint32_t made;      ///< single things
    volatile uint32_t undefined; ///< those that ended in an undefined instruction,
    volatile uint32_t aborted;   ///< in an external abort,
    volatile uint32_t wrong;     ///< or not as they must
};
#define guest_state (*(struct guest_state *)0x60000000u)

// The processor describes accesses of one register that write no address back.
static inline uint32_t guest_get(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static inline void guest_put(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(address) : "memory");
}

static inline void guest_say(const char *text)
{
    while (*text != '\0') {
        while ((guest_get(UART + 0x18) & 0x20u) != 0u) {
        }
        guest_put(UART, (uint8_t)*text++);
    }
}

static inline void guest_say_number(uint64_t value)
{
    static const char digits[] = "0123456789abcdef";
    char text[17];
    uint32_t n = 16;

    text[n] = '\0';
    do {
        text[--n] = digits[value % 16u];
        value /= 16u;
    } while (value != 0u);
    guest_say(&text[n]);
}

/// Something that must not be. Says so, for the first few.
static inline void guest_wrong(const char *what, uint64_t which, uint64_t syndrome)
{
    guest_state.wrong++;
    if (guest_state.wrong > 8u) {
        return;
    }
    guest_say("WRONG: ");
    guest_say(what);
    guest_say(" ");
    guest_say_number(which);
    guest_say(" syndrome ");
    guest_say_number(syndrome);
    guest_say("\n");
}

#define CLASS(esr) ((uint32_t)(esr) >> 26)
#define CLASS_UNDEFINED 0x00u
#define CLASS_STATE 0x0eu
#define CLASS_FETCH 0x21u
#define CLASS_PC 0x22u
#define CLASS_DATA 0x25u
#define STATUS(esr) ((uint32_t)(esr) & 0x3fu)
#define STATUS_EXTERNAL 0x10u

/// The latest exception; count is 0 if there was none.
extern volatile struct guest_last {
    uint64_t esr, elr, far;
    uint64_t escape; ///< where to go on behind a fetch that failed
    uint32_t count;
    bool astray; ///< set by an attack that may end at another level
} guest_last;

/// Executes an instruction with x0, and answers x0 behind it; guest_last says what happened.
uint64_t guest_try(uint32_t instruction, uint64_t x0);

/// Jumps there, and comes back by an exception.
void guest_jump(uint64_t address);

/// Counts how the latest try ended: true if in an external abort; an undefined instruction.
bool guest_aborted(void);
bool guest_undefined(void);

/// What an attacker has of its own: one of its attacks, for as long as there are any; an interrupt, at its vector.
bool attack(uint32_t number);
void attack_interrupt(void);

void guest_main(void);
uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far);
void guest_interrupt(void);
void guest_unexpected(uint64_t esr, uint64_t elr);

#endif
