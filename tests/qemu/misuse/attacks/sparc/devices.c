// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes registers of the LEON's devices: itself, and by checked hypercalls that nobody gave it.

#include "attack.h"

static const uintptr_t registers[] = {
    0x80000000u,                                        // memory controller
    0x80000100u, 0x80000104u, 0x80000108u, 0x8000010cu, // UART
    0x80000200u, 0x80000204u, 0x80000208u, 0x8000020cu, 0x80000240u, 0x80000280u, // interrupts
    0x80000300u, 0x80000304u, 0x80000310u, 0x80000314u, 0x80000318u, 0x80000320u, // timers
    0x80000324u, 0x80000328u, 0x800ff000u, 0xfffff000u,
};
#define REGISTERS ((uint32_t)(sizeof(registers) / sizeof(registers[0])))

static void attack(uint32_t number)
{
    uintptr_t address = registers[number / 4u];
    uint32_t value = 0;

    switch (number % 4u) {
    case 0:
        *(volatile uint32_t *)address = 0xffffffffu;
        break;
    case 1:
        *(volatile uint8_t *)(address + 3u) = 0;
        break;
    case 2:
        (void)*(volatile uint32_t *)address;
        break;
    default:
        if (sep_io_write(address, 0xffffffffu) != SEP_NO_PERMISSION ||
            sep_io_read(address, &value) != SEP_NO_PERMISSION) {
            printf("A REGISTER OF ANOTHER IS MINE\n");
        }
        break;
    }
}

int main(void)
{
    attack_all(attack, REGISTERS * 4u);
    return 0;
}
