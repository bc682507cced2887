// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes registers of the board's devices: itself, and by checked hypercalls that nobody gave it.

#include "attack.h"

static const uintptr_t registers[] = {
    0x08000000u, 0x08000004u, 0x08000080u, 0x08000104u, 0x08000184u, // distributor
    0x08000204u, 0x08000f00u, 0x080a0000u, 0x080a0014u, 0x080b0080u, // and redistributor
    0x080b0100u, 0x080b0180u, 0x08010000u, 0x08030000u, 0x08040000u,
    0x09000000u, 0x09000018u, 0x09000030u, 0x09000038u, // UART
    0x09010000u, 0x09020000u, 0x09030000u, 0x0a000000u, // clock, configuration, pins, virtio
    0x40000000u, 0x40200000u,                           // where the hypervisor begins
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
