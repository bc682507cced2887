// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// QEMU virt: the registers of the console's UART, a PL011, that the descriptions name, and what their bits
// mean.

#ifndef BOARD_UART_H
#define BOARD_UART_H

#include <septum/septum.h>

#define BOARD_UART_LINE 33u
/// Lines that no device has; only the first is in a description.
#define BOARD_OTHER_LINE 200u
#define BOARD_FREE_LINE 201u

/// A register in the range of devices where there is none.
#define BOARD_NO_DEVICE 0x090c0000u
#define BOARD_UART_DATA 0x09000000u
#define BOARD_UART_STATUS 0x09000018u
#define BOARD_UART_CONTROL 0x09000038u
/// A register of the UART that no description gives.
#define BOARD_UART_SCALER 0x09000024u
#define BOARD_UART_DONE 0x09000044u

/// Status: the transmitter takes another byte.
#define BOARD_UART_READY 0x80u

/// Control: interrupt with each byte received, sent. The transmitter's own switch is in another register.
#define BOARD_UART_TRANSMITTER 0x0u
#define BOARD_UART_RECEIVE_INTERRUPT 0x10u
#define BOARD_UART_TRANSMIT_INTERRUPT 0x20u

/// Whether a byte has been received, by the status.
static inline bool board_uart_received(uint32_t status)
{
    return (status & 0x10u) == 0u;
}

/// The interrupt of a byte sent has been seen.
static inline void board_uart_sent(void)
{
    (void)sep_io_write(BOARD_UART_DONE, BOARD_UART_TRANSMIT_INTERRUPT);
}

#endif
