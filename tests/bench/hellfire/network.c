// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A guest that computes all the time and answers pings, which come as interrupts of a line. It ends the system when it
// has answered PINGS, or when the real-time service is through, and tells of each ping how long after it was sent it was seen, and
// answered.

#include "ping.h"

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

#define SERVICE 1u  ///< its partition; there is none where PINGS are counted
#define PACKET 625u ///< half-words
// Alone, from ping to answer takes as long as the published round trip without a hypervisor, 1.073 ms.
#define SUMS 10u

struct ping {
    sep_time_t seen;
    sep_time_t answered;
};

static struct ping pings[PING_MAX];
static uint16_t packet[PACKET];

// The work of an answer: the checksum of a packet, some times.
static void make_answer(void)
{
    for (uint32_t n = 0; n < SUMS; n++) {
        uint32_t sum = 0;

        packet[0] = 0;
        for (uint32_t i = 0; i < PACKET; i++) {
            sum += ((volatile uint16_t *)packet)[i];
        }
        packet[0] = (uint16_t)~(sum + (sum >> 16));
    }
}

static void on_interrupt(uint32_t irq)
{
    (void)irq;
    while (mail()->answered < mail()->due) {
        uint32_t n = mail()->answered;

        pings[n].seen = ping_clock() - mail()->raised[n];
        make_answer();
        pings[n].answered = ping_clock() - mail()->raised[n];
        mail()->answered = n + 1u;
    }
}

static bool is_over(void)
{
    struct sep_partition_status service = {0};

    if (PINGS != 0u) {
        return mail()->answered >= PINGS;
    }
    (void)sep_partition_status(SERVICE, &service);
    return service.state == SEP_STATE_HALTED;
}

int main(void)
{
    uint32_t answered;

    for (uint32_t i = 0; i < PACKET; i++) {
        packet[i] = (uint16_t)(i * 40503u);
    }
    if (LISTENS != 0) {
        (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
        rt_irq_on();
        mail()->next = ping_time(0);
    }
    do {
        for (uint32_t i = 0; i < 1000u; i++) {
            ping_compute();
        }
    } while (!is_over());
    rt_irq_off();
    answered = mail()->answered;
    for (uint32_t i = 0; i < answered; i++) {
        printf("ping %llu %llu\n", (unsigned long long)pings[i].seen,
               (unsigned long long)pings[i].answered);
    }
    (void)sep_system_halt();
    return 1;
}
