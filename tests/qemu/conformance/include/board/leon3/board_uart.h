// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// LEON3: the registers of the console's UART that the descriptions name, and what their bits mean.

#ifndef BOARD_UART_H
#define BOARD_UART_H

#include <septum/septum.h>

#define BOARD_UART_LINE 3u
/// Lines that no device has; only the first is in a description.
#define BOARD_OTHER_LINE 9u
#define BOARD_FREE_LINE 4u

/// A register in the range of devices where there is none.
#define BOARD_NO_DEVICE 0x800c0000u
#define BOARD_UART_DATA 0x80000100u
#define BOARD_UART_STATUS 0x80000104u
#define BOARD_UART_CONTROL 0x80000108u
/// A register of the UART that no description gives.
#define BOARD_UART_SCALER 0x8000010cu

/// Status: the transmitter takes another byte.
#define BOARD_UART_READY 0x4u

/// Control: transmitter on (always, while the hypervisor has the console); interrupt with each byte
/// received, sent.
#define BOARD_UART_TRANSMITTER 0x2u
#define BOARD_UART_RECEIVE_INTERRUPT 0x4u
#define BOARD_UART_TRANSMIT_INTERRUPT 0x8u

/// Whether a byte has been received, by the status.
static inline bool board_uart_received(uint32_t status)
{
    return (status & 0x1u) != 0u;
}

/// The interrupt of a byte sent has been seen: nothing to do, it is a pulse.
static inline void board_uart_sent(void)
{
}

#endif
