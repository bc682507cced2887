/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Raspberry Pi 4: a BCM2711 with Cortex-A72 and GIC-400, in the "low peripheral" mode that its firmware sets.
 * Never run: built by a test only. For C and assembly. Source: BCM2711 ARM Peripherals, 1.2 and 6; the bcm2711
 * device tree of Linux.
 *
 * The firmware has to enter the hypervisor at EL2, with a PSCI that takes SMC (Trusted Firmware-A's rpi4 as
 * armstub=bl31.bin), with kernel_address=0x200000 and the PL011 on the header's pins (dtoverlay=disable-bt).
 */

#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#define BOARD_NAME "rpi4"

/* The crystal; the hypervisor asks CNTFRQ_EL0. */
#define BOARD_TIMER_HZ 54000000

/* RAM of all models, between what the firmware has at its start and the memory of the graphics processor. The
 * hypervisor is loaded at its start. */
#define BOARD_RAM_START 0x00200000
#define BOARD_RAM_SIZE 0x3ae00000

/* The range of devices, and offsets in it. */
#define BOARD_IO_START 0xfe000000
#define BOARD_IO_SIZE 0x01a00000
#define BOARD_GICD 0x1841000
#define BOARD_GICC 0x1842000
#define BOARD_GICH 0x1844000
#define BOARD_GICV 0x1846000
#define BOARD_GICR 0x1841000 /* of version 3, which is not there */
#define BOARD_UART 0x0201000

/* The interrupt controller's range. */
#define BOARD_GIC_START 0xff840000
#define BOARD_GIC_SIZE 0x00010000

/* Processors: their affinity, one byte a level. */
#define BOARD_AFFINITY(cpu) (cpu)

/* Interrupt lines, as the controller numbers them. */
#define BOARD_LINE_MAINTENANCE 25
#define BOARD_LINE_TIMER 26
#define BOARD_LINE_VIRTUAL_TIMER 27
#define BOARD_LINE_UART 153
#define BOARD_LINES 256

#endif
