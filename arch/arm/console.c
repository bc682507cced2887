// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The console on a PL011: characters out, its interrupt on request.

#include <hal/console.h>

#include <arch/uart.h>

/// What hal_console_irq() was last asked; it is asked again at each slot.
static bool irq_wanted;

// The speed stays as firmware has set it.
void hal_console_init(void)
{
    irq_wanted = false;
    PL011_MASK = 0;
    PL011_LINE = PL011_LINE_8BIT | PL011_LINE_FIFO;
    PL011_CONTROL = PL011_CONTROL_ON;
}

bool hal_console_put(uint8_t byte)
{
    if (!uart_ready()) {
        return false;
    }
    PL011_DATA = byte;
    return true;
}

void hal_console_irq(bool wanted)
{
    if (wanted == irq_wanted) {
        return;
    }
    irq_wanted = wanted;
    if (irq_console(wanted)) {
        // Only this bit: others of the register may be a partition's.
        uint32_t rest = PL011_MASK & ~PL011_TRANSMIT;

        PL011_MASK = wanted ? rest | PL011_TRANSMIT : rest;
    }
}
