// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What these programs know of the architecture's devices: words on the UART, and an interrupt controller of either
// version.

#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define GICD 0x08000000u
#define GICC 0x08010000u
#define GICR 0x080a0000u
#define UART 0x09000000u
#define RTC 0x09010000u

#define TIMER 27u
#define UART_LINE 33u
#define RTC_LINE 34u
#define SPURIOUS 1023u

#define REG8(address) (*(volatile uint8_t *)(uintptr_t)(address))
#define REG16(address) (*(volatile uint16_t *)(uintptr_t)(address))
#define REG32(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define REG64(address) (*(volatile uint64_t *)(uintptr_t)(address))

#define READ(name)                                                                                 \
    ({                                                                                             \
        uint64_t value_of_it;                                                                      \
        __asm__ volatile("mrs %0, " #name : "=r"(value_of_it));                                    \
        value_of_it;                                                                               \
    })
#define WRITE(name, value)                                                                         \
    __asm__ volatile("msr " #name ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

// Of start.S. The first two answer the time before what is measured.
uint64_t measured_sgi(uint64_t value);
uint64_t measured_store(uint32_t value, volatile uint32_t *at);
uint64_t measured_call(uint64_t function);
uint64_t measured_load(const volatile uint32_t *at);
uint64_t measured_spin(uint64_t turns);

// For start.S.
void guest_main(void);
uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far);
void guest_interrupt(void);
void guest_unexpected(uint64_t esr, uint64_t elr);

// ------------------------------------------------------------------------------------------- words

/// How often check() found something else.
extern uint32_t wrong;

void say(const char *text);
void say_number(uint64_t value);
void check(const char *what, uint64_t got, uint64_t expected);

// ------------------------------------------------------------------------------------- interrupts

extern uint32_t controller_version;

/// Whether the controller is a GICv2. machine_find() comes first.
static inline bool is_old(void)
{
    return controller_version == 2u;
}

/// Registers of the interrupts that the processor has for itself.
static inline uint32_t private_frame(void)
{
    return is_old() ? GICD : GICR + 0x10000u;
}

static inline void irq_on(void)
{
    __asm__ volatile("msr daifclr, #2\n\tisb" : : : "memory");
}

static inline void irq_off(void)
{
    __asm__ volatile("msr daifset, #2" : : : "memory");
}

/// Everything on but single interrupts; ends are of one step or of two.
void machine_find(void);
void controller_on(void);
void controller_two_steps(bool two);

/// Number of the interrupt that is taken, or SPURIOUS.
uint32_t irq_take(void);
void irq_end(uint32_t number);
void irq_deactivate(uint32_t number);

/// Interrupt from software, to itself. The time before.
uint64_t irq_send(uint32_t number);

/// A power call by hvc or smc.
int64_t power(bool smc, uint64_t function, uint64_t argument);

#endif
