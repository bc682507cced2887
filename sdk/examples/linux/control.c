// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The real-time partition: answers each request that Linux rings for, and ends the system when Linux has
// powered itself off.

#include "exchange.h"

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

#define LINUX 1u ///< its partition

static struct exchange *exchange;

// The size is read once: Linux could change it meanwhile.
static void answer(uint32_t irq)
{
    uint32_t asked = exchange->asked;
    uint32_t size = exchange->size;

    (void)irq;
    exchange_barrier();
    if (asked == exchange->answered || size > sizeof(exchange->request)) {
        return;
    }
    for (uint32_t i = 0; i < size / 4u; i++) {
        exchange->answer[i] = exchange_answer(exchange->request[i]);
    }
    exchange_barrier();
    exchange->answered = asked;
    (void)sep_irq_raise(EXCHANGE_BELL);
}

int main(void)
{
    struct sep_partition_status status;

    exchange = (struct exchange *)(uintptr_t)sep_info_area("exchange")->address;
    (void)rt_irq_handler(SEP_IRQ_IPVI_FIRST + EXCHANGE_BELL, answer);
    printf("control is up\n");
    rt_irq_on();
    do {
        (void)sep_idle_self();
        (void)sep_partition_status(LINUX, &status);
    } while (status.state != SEP_STATE_HALTED);
    printf("Linux has ended, %u requests answered\n", (unsigned)exchange->answered);
    (void)sep_system_halt();
    return 0;
}
