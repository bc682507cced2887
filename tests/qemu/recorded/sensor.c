// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Does one thing of each kind that a trace records, in one slot.

#include <rt/irq.h>
#include <septum/septum.h>

#include "frames.h"

#define UART_CONTROL 0x80000108u
#define UART_TRANSMIT_INTERRUPT 0x8u
#define MESSAGE_SIZE 16u
#define DEPTH 2u

static volatile bool expired;
static volatile bool sent;

static void on_timer(uint32_t irq)
{
    (void)irq;
    expired = true;
}

static void on_device(uint32_t irq)
{
    (void)irq;
    sent = true;
    (void)sep_io_write(UART_CONTROL, 0);
}

static void send_messages(uint32_t attitude, uint32_t commands)
{
    static const char text[MESSAGE_SIZE] = "pitch roll yaw";

    (void)sep_sampling_write(attitude, text, sizeof(text));
    for (uint32_t i = 0; i <= DEPTH; i++) {
        (void)sep_queuing_send(commands, text, 4u + i); // the last one finds no room
    }
}

static void be_interrupted(void)
{
    sep_time_t now = 0;

    (void)sep_get_time(SEP_CLOCK_HW, &now);
    (void)sep_set_timer(SEP_CLOCK_HW, now + 100000u, 0);
    while (!expired) {
    }
    // The console's device asks for an interrupt when the hypervisor has brought a byte out.
    (void)sep_io_write(UART_CONTROL, UART_TRANSMIT_INTERRUPT);
    (void)sep_console_puts("sensor\n");
    while (!sent) {
    }
}

static void call_together(void)
{
    struct sep_batch_call calls[2] = {{.number = SEP_HC_null}, {.number = SEP_HC_irq_raise}};
    uint32_t done = 0;

    (void)sep_batch(calls, 2, &done);
}

int main(void)
{
    uint32_t attitude = 0;
    uint32_t commands = 0;

    (void)sep_sampling_create("attitude", SEP_PORT_SOURCE, MESSAGE_SIZE, &attitude);
    (void)sep_queuing_create("commands", SEP_PORT_SOURCE, MESSAGE_SIZE, DEPTH, &commands);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_TIMER_HW, on_timer);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_DEVICE_FIRST, on_device);
    rt_irq_on();
    wait_for_frame(FRAME_WRITE);
    (void)sep_trace_write(0xbeef, 2, 0xffffffffu);
    send_messages(attitude, commands);
    be_interrupted();
    call_together();
    (void)sep_hm_raise(77, 78);
    return 0;
}
