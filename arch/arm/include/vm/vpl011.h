// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An emulated PL011 UART: a partition's console for an operating system that has a driver for that device.
//
// What the partition writes goes into a ring of the console at once; the transmitter is full while that ring is. So
// the transmit interrupt is asserted whenever the last byte was written and there is room for the next.
//
// Source: PrimeCell UART (PL011) Technical Reference Manual (DDI 0183), chapter 3.

#ifndef VM_VPL011_H
#define VM_VPL011_H

#include <septum/types.h>

/// Size of its frame.
#define VPL011_SIZE 0x1000u
/// Bytes received that wait for the partition.
#define VPL011_RECEIVED 64u

struct vpl011 {
    uint32_t control;    ///< UARTCR
    uint32_t line;       ///< UARTLCR_H
    uint32_t divider;    ///< UARTIBRD
    uint32_t fraction;   ///< UARTFBRD
    uint32_t levels;     ///< UARTIFLS
    uint32_t mask;       ///< UARTIMSC
    uint32_t raw;        ///< UARTRIS
    bool starved;        ///< a byte found the transmitter full
    uint32_t head, tail; ///< bytes ever received, ever read
    uint8_t received[VPL011_RECEIVED];
    struct vpl011 *next; ///< for vinput.h: stays at a reset
};

/// State after the reset of the device.
void vpl011_reset(struct vpl011 *uart);

/// A load from offset (in the 4 KiB frame). room: whether the ring takes a byte. Bound: constant.
uint32_t vpl011_read(struct vpl011 *uart, uint32_t offset, bool room);

/// A store to offset. True: value is a byte to send, which the caller puts into the ring if there is room, and says
/// so with vpl011_sent(). Bound: constant.
bool vpl011_write(struct vpl011 *uart, uint32_t offset, uint32_t value);

/// A byte was put into the ring, or found none; room: whether the next one would find some.
void vpl011_sent(struct vpl011 *uart, bool room);

/// The ring has room: the transmitter goes on if it was full.
void vpl011_room(struct vpl011 *uart);

/// A byte comes in. False: no room, or the receiver is off; it is lost.
bool vpl011_receive(struct vpl011 *uart, uint8_t byte);

/// Whether all that came in has been read.
static inline bool vpl011_is_read(const struct vpl011 *uart)
{
    return uart->head == uart->tail;
}

/// Whether the interrupt line is high.
static inline bool vpl011_line(const struct vpl011 *uart)
{
    return (uart->raw & uart->mask) != 0u;
}

#endif
