// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An emulated PL011 UART.

#include <vm/vpl011.h>

#define UARTDR 0x000u
#define UARTFR 0x018u
#define UARTIBRD 0x024u
#define UARTFBRD 0x028u
#define UARTLCR_H 0x02cu
#define UARTCR 0x030u
#define UARTIFLS 0x034u
#define UARTIMSC 0x038u
#define UARTRIS 0x03cu
#define UARTMIS 0x040u
#define UARTICR 0x044u
#define UARTPERIPHID0 0xfe0u

#define FLAG_RECEIVER_EMPTY 0x10u
#define FLAG_TRANSMITTER_FULL 0x20u
#define FLAG_RECEIVER_FULL 0x40u
#define FLAG_TRANSMITTER_EMPTY 0x80u
#define FLAG_CARRIER 0x07u // clear to send, data set ready, data carrier detect

#define INT_RECEIVED 0x010u
#define INT_TRANSMIT 0x020u
#define INT_TIMEOUT 0x040u
#define INT_ALL 0x7ffu

#define CONTROL_ENABLE 0x001u
#define CONTROL_TRANSMIT 0x100u
#define CONTROL_RECEIVE 0x200u
#define CONTROL_ALL 0xff87u
#define LEVELS_RESET 0x12u

static bool receiver_on(const struct vpl011 *uart)
{
    const uint32_t on = CONTROL_ENABLE | CONTROL_RECEIVE;

    return (uart->control & on) == on;
}

void vpl011_reset(struct vpl011 *uart)
{
    *uart = (struct vpl011){
        .control = CONTROL_TRANSMIT | CONTROL_RECEIVE, .levels = LEVELS_RESET, .next = uart->next};
}

static uint32_t flags(const struct vpl011 *uart, bool room)
{
    uint32_t waiting = uart->head - uart->tail;
    uint32_t value = FLAG_CARRIER;

    value |= waiting == 0u ? FLAG_RECEIVER_EMPTY : 0u;
    value |= waiting == VPL011_RECEIVED ? FLAG_RECEIVER_FULL : 0u;
    return value | (room ? FLAG_TRANSMITTER_EMPTY : FLAG_TRANSMITTER_FULL);
}

static uint32_t take(struct vpl011 *uart)
{
    uint32_t byte = 0;

    if (uart->head != uart->tail) {
        byte = uart->received[uart->tail++ % VPL011_RECEIVED];
    }
    if (uart->head == uart->tail) {
        uart->raw &= ~(INT_RECEIVED | INT_TIMEOUT);
    }
    return byte;
}

// UARTPeriphID0 … 3 and UARTPCellID0 … 3: part 0x011 of designer 0x41, revision 1.5.
static uint32_t identification(uint32_t offset)
{
    static const uint8_t bytes[] = {0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    return bytes[(offset - UARTPERIPHID0) / 4u];
}

uint32_t vpl011_read(struct vpl011 *uart, uint32_t offset, bool room)
{
    offset &= VPL011_SIZE - 4u;
    switch (offset) {
    case UARTDR:
        return take(uart);
    case UARTFR:
        return flags(uart, room);
    case UARTIBRD:
        return uart->divider;
    case UARTFBRD:
        return uart->fraction;
    case UARTLCR_H:
        return uart->line;
    case UARTCR:
        return uart->control;
    case UARTIFLS:
        return uart->levels;
    case UARTIMSC:
        return uart->mask;
    case UARTRIS:
        return uart->raw;
    case UARTMIS:
        return uart->raw & uart->mask;
    default:
        return offset >= UARTPERIPHID0 ? identification(offset) : 0u;
    }
}

bool vpl011_write(struct vpl011 *uart, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case UARTDR:
        return true; // whether or not it is enabled: early output does not care
    case UARTIBRD:
        uart->divider = value & 0xffffu;
        break;
    case UARTFBRD:
        uart->fraction = value & 0x3fu;
        break;
    case UARTLCR_H:
        uart->line = value & 0xffu;
        break;
    case UARTCR:
        uart->control = value & CONTROL_ALL;
        break;
    case UARTIFLS:
        uart->levels = value & 0x3fu;
        break;
    case UARTIMSC:
        uart->mask = value & INT_ALL;
        break;
    case UARTICR:
        uart->raw &= ~value;
        break;
    default:
        break;
    }
    return false;
}

void vpl011_sent(struct vpl011 *uart, bool room)
{
    uart->starved = !room;
    if (room) {
        uart->raw |= INT_TRANSMIT;
    } else {
        uart->raw &= ~INT_TRANSMIT;
    }
}

void vpl011_room(struct vpl011 *uart)
{
    if (uart->starved) {
        vpl011_sent(uart, true);
    }
}

bool vpl011_receive(struct vpl011 *uart, uint8_t byte)
{
    if (!receiver_on(uart) || uart->head - uart->tail == VPL011_RECEIVED) {
        return false;
    }
    uart->received[uart->head++ % VPL011_RECEIVED] = byte;
    uart->raw |= INT_RECEIVED;
    return true;
}
