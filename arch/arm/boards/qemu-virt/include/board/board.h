/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The machine virt of QEMU with virtualization=on, gic-version=3 or 2: addresses and lines. For C and
 * assembly. Source: QEMU's hw/arm/virt.c, and the device tree it makes (-M virt,dumpdtb=).
 */

#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#define BOARD_NAME "qemu-virt"

/* What the board's description has the emulator count per second; the hypervisor asks CNTFRQ_EL0. */
#define BOARD_TIMER_HZ 31250000

/* RAM, where the hypervisor is loaded at its start. The machine has 2 MiB more in front of it, where its
 * loader puts the device tree, which nobody reads here. */
#define BOARD_RAM_START 0x40200000
#define BOARD_RAM_SIZE 0x7fe00000

/* The range of devices, and offsets in it. */
#define BOARD_IO_START 0x08000000
#define BOARD_IO_SIZE 0x08000000
#define BOARD_GICD 0x0000000
#define BOARD_GICC 0x0010000 /* version 2, and control of the virtual interface */
#define BOARD_GICH 0x0030000
#define BOARD_GICV 0x0040000 /* what partitions have of it */
#define BOARD_GICR 0x00a0000 /* version 3 */
#define BOARD_UART 0x1000000

/* The interrupt controller's range: distributor, and a redistributor for each processor. */
#define BOARD_GIC_START 0x08000000
#define BOARD_GIC_SIZE 0x01000000

/* Processors: their affinity, one byte a level. */
#define BOARD_AFFINITY(cpu) (cpu)

/* Interrupt lines, as the controller numbers them. */
#define BOARD_LINE_MAINTENANCE 25
#define BOARD_LINE_TIMER 26
#define BOARD_LINE_VIRTUAL_TIMER 27
#define BOARD_LINE_UART 33
#define BOARD_LINES 256

#endif
