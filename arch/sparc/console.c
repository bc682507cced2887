// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The console on an APBUART: characters out, characters in, its interrupt on request.

#include <hal/console.h>

#include <arch/uart.h>

#define CONTROL (APBUART_CONTROL_RECEIVE | APBUART_CONTROL_TRANSMIT)

/// What hal_console_irq() was last asked; it is asked again at each slot.
static bool irq_wanted;

void hal_console_init(void)
{
    irq_wanted = false;
    APBUART_SCALER = BOARD_UART_SCALER;
    APBUART_CONTROL = CONTROL;
}

bool hal_console_put(uint8_t byte)
{
    if (!uart_ready()) {
        return false;
    }
    APBUART_DATA = byte;
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
        uint32_t rest = APBUART_CONTROL & ~APBUART_CONTROL_TRANSMIT_INTERRUPT;

        APBUART_CONTROL = wanted ? rest | APBUART_CONTROL_TRANSMIT_INTERRUPT : rest;
    }
}
