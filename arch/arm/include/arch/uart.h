// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The console's UART, a PL011, shared by console.c and irq.c. Source: PrimeCell UART (PL011) Technical
// Reference Manual (DDI 0183), chapter 3.

#ifndef ARCH_UART_H
#define ARCH_UART_H

#include <arch/io.h>

#define PL011_DATA IO_REGISTER(BOARD_UART, 0x00)
#define PL011_FLAGS IO_REGISTER(BOARD_UART, 0x18)
#define PL011_LINE IO_REGISTER(BOARD_UART, 0x2c)
#define PL011_CONTROL IO_REGISTER(BOARD_UART, 0x30)
#define PL011_MASK IO_REGISTER(BOARD_UART, 0x38)
#define PL011_CLEAR IO_REGISTER(BOARD_UART, 0x44)

#define PL011_FLAGS_EMPTY 0x10u // of what was received
#define PL011_FLAGS_FULL 0x20u
#define PL011_LINE_8BIT 0x60u
#define PL011_LINE_FIFO 0x10u
#define PL011_CONTROL_ON 0x301u // receiver and transmitter
#define PL011_TRANSMIT 0x20u    // interrupt

static inline bool uart_ready(void)
{
    return (PL011_FLAGS & PL011_FLAGS_FULL) == 0u;
}

/// Whether the UART's line is a partition's: it is not the console's then, and what comes in is not the hypervisor's.
extern bool uart_given;

/// Opens or closes the console's line at the interrupt controller. False, and nothing done, if a
/// partition owns the line.
bool irq_console(bool wanted);

#endif
