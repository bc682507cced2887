// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Rings, sends and writes to the partition on the other processor, which answers each time.

#include <smp.h>

static struct smp_message message;

static void ring(void)
{
    uint32_t before = smp_frame();

    for (uint32_t i = 1; i <= SMP_ROUNDS; i++) {
        (void)sep_irq_raise(0);
        smp_wait_for_ring(i);
    }
    CHECK_EQUAL("each ring was answered once", smp_rings, SMP_ROUNDS);
    CHECK("and not at the next slot", smp_frame() - before < SMP_ROUNDS / 2u);
}

// As much as there is room for, then what comes back.
static void send(uint32_t work, uint32_t echo)
{
    struct sep_message_info info;
    uint32_t before = smp_frame();
    uint32_t sent = 0;
    uint32_t wrong = 0;

    for (uint32_t received = 0; received < SMP_MESSAGES; received++) {
        while (sent < SMP_MESSAGES && sent - received < 4u) {
            smp_fill(&message, sent);
            wrong +=
                sep_queuing_send_wait(work, &message, sizeof(message), SEP_WAIT_FOREVER) != SEP_OK;
            sent++;
        }
        wrong += sep_queuing_receive_wait(echo, &message, sizeof(message), &info,
                                          SEP_WAIT_FOREVER) != SEP_OK;
        wrong += message.words[0] != received || !smp_is_whole(&message);
    }
    CHECK_EQUAL("each message came back, whole and in order", wrong, 0);
    CHECK("and not at the next slot", smp_frame() - before < SMP_MESSAGES / 2u);
}

int main(void)
{
    uint32_t work;
    uint32_t echo;
    uint32_t level;
    struct sep_message_info info;

    CHECK_STATUS("work", sep_queuing_create("work", SEP_PORT_SOURCE, 64, 4, &work), SEP_OK);
    CHECK_STATUS("echo", sep_queuing_create("echo", SEP_PORT_DESTINATION, 64, 4, &echo), SEP_OK);
    CHECK_STATUS("level", sep_sampling_create("level", SEP_PORT_SOURCE, 64, &level), SEP_OK);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_IPVI_FIRST + 1u, smp_ring_handler);
    // What rings before its start is forgotten by it.
    (void)sep_queuing_receive_wait(echo, &message, sizeof(message), &info, SEP_WAIT_FOREVER);
    ring();
    send(work, echo);
    for (uint64_t i = 1; i <= SMP_MESSAGES; i++) {
        smp_fill(&message, i);
        (void)sep_sampling_write(level, &message, sizeof(message));
    }
    return 0;
}
