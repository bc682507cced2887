// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Input of the board's console for unmodified operating systems. No interrupt tells of it, so that nobody's slot is
// interrupted by what somebody types: it is looked for when a machine is loaded, and when one has read all it had.

#include <arch/vm.h>

#include <arch/uart.h>
#include <hal/cpu.h>
#include <vm/vinput.h>

static struct vinput input;

void vm_input_add(struct vm *vm)
{
    vinput_add(&input, &vm->uart);
}

static struct vm *machine_of(struct vpl011 *uart)
{
    return (struct vm *)(void *)((uint8_t *)uart - offsetof(struct vm, uart));
}

void vm_input(void)
{
    if (input.focus == NULL || uart_given) {
        return;
    }
    for (uint32_t i = 0; i < VM_INPUT_BURST && (PL011_FLAGS & PL011_FLAGS_EMPTY) == 0u; i++) {
        struct vpl011 *uart = vinput_take(&input, (uint8_t)PL011_DATA);

        if (uart != NULL) {
            vm_uart_line(machine_of(uart));
        }
    }
}
