// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// APBUART.

#include <hal/console.h>

#include <arch/uart.h>

#define CONTROL (APBUART_CONTROL_RECEIVE | APBUART_CONTROL_TRANSMIT)

void hal_console_init(void)
{
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
    if (irq_console(wanted)) {
        APBUART_CONTROL = wanted ? CONTROL | APBUART_CONTROL_TRANSMIT_INTERRUPT : CONTROL;
    }
}
