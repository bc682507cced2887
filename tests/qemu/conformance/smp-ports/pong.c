// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Answers the partition on the other processor.

#include <smp.h>

static struct smp_message message;

int main(void)
{
    struct sep_message_info info;
    uint32_t work;
    uint32_t echo;
    uint32_t level;
    uint32_t wrong = 0;
    uint64_t last = 0;

    CHECK_STATUS("work", sep_queuing_create("work", SEP_PORT_DESTINATION, 64, 4, &work), SEP_OK);
    CHECK_STATUS("echo", sep_queuing_create("echo", SEP_PORT_SOURCE, 64, 4, &echo), SEP_OK);
    CHECK_STATUS("level", sep_sampling_create("level", SEP_PORT_DESTINATION, 64, &level), SEP_OK);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_IPVI_FIRST, smp_ring_handler);
    (void)sep_queuing_send(echo, &message, sizeof(message)); // it is there
    for (uint32_t i = 1; i <= SMP_ROUNDS; i++) {
        smp_wait_for_ring(i);
        (void)sep_irq_raise(1);
    }
    for (uint32_t i = 0; i < SMP_MESSAGES; i++) {
        wrong += sep_queuing_receive_wait(work, &message, sizeof(message), &info,
                                          SEP_WAIT_FOREVER) != SEP_OK;
        wrong += message.words[0] != i || !smp_is_whole(&message);
        wrong += sep_queuing_send_wait(echo, &message, sizeof(message), SEP_WAIT_FOREVER) != SEP_OK;
    }
    CHECK_EQUAL("messages came whole and in order", wrong, 0);
    while (last < SMP_MESSAGES) {
        if (sep_sampling_read(level, &message, sizeof(message), &info) == SEP_OK) {
            wrong += message.words[0] < last || !smp_is_whole(&message);
            last = message.words[0];
        }
    }
    CHECK_EQUAL("levels are whole and never older", wrong, 0);
    return 0;
}
