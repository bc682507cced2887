// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The console's UART, shared by console.c and irq.c.

#ifndef ARCH_UART_H
#define ARCH_UART_H

#include <septum/types.h>

#include <arch/io.h>

#define APBUART_DATA IO_REGISTER(BOARD_UART, 0x0)
#define APBUART_STATUS IO_REGISTER(BOARD_UART, 0x4)
#define APBUART_CONTROL IO_REGISTER(BOARD_UART, 0x8)
#define APBUART_SCALER IO_REGISTER(BOARD_UART, 0xc)

#define APBUART_STATUS_HOLDING_EMPTY 0x04u
#define APBUART_CONTROL_RECEIVE 0x01u
#define APBUART_CONTROL_TRANSMIT 0x02u
#define APBUART_CONTROL_TRANSMIT_INTERRUPT 0x08u

static inline bool uart_ready(void)
{
    return (APBUART_STATUS & APBUART_STATUS_HOLDING_EMPTY) != 0u;
}

/// Opens or closes the console's line at the interrupt controller. False, and nothing done, if a
/// partition owns the line.
bool irq_console(bool wanted);

#endif
