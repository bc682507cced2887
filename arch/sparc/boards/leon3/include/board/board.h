/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The LEON3 board: addresses, lines and frequencies. For C and assembly.
 */

#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#define BOARD_NAME "leon3"

/* Processor clock, which also counts the timers (their scaler is set to 1). */
#define BOARD_CLOCK_HZ 40000000

/* RAM, where the hypervisor is loaded at its start. */
#define BOARD_RAM_START 0x40000000
#define BOARD_RAM_SIZE 0x04000000

/* Registers on the APB: the region that the hypervisor maps, and offsets in it. */
#define BOARD_IO_START 0x80000000
#define BOARD_UART 0x100
#define BOARD_IRQMP 0x200
#define BOARD_GPTIMER 0x300

/* Interrupt lines. */
#define BOARD_LINE_UART 3
#define BOARD_LINE_TIMER 6

/* 38400 baud: 8 clocks of the scaler per bit. */
#define BOARD_UART_SCALER (BOARD_CLOCK_HZ / (38400 * 8) - 1)

#endif
