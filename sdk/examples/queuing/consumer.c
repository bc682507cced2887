// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits for messages, and gives up when none came for 50 ms.

#include <septum/septum.h>
#include <stdio.h>

#define MS ((sep_time_t)1000000)

int main(void)
{
    struct sep_queuing_status queue = {0};
    struct sep_message_info info;
    sep_time_t timeout = SEP_WAIT_FOREVER;
    uint32_t number;
    uint32_t port;
    sep_status_t status;

    (void)sep_queuing_create("commands", SEP_PORT_DESTINATION, 16, 4, &port);
    printf("receive: %s\n",
           sep_status_name(sep_queuing_receive(port, &number, sizeof(number), &info)));
    while ((status = sep_queuing_receive_wait(port, &number, sizeof(number), &info, timeout)) ==
           SEP_OK) {
        (void)sep_queuing_status(port, &queue);
        printf("received %u, %u more wait\n", (unsigned)number, (unsigned)queue.waiting);
        timeout = 50 * MS;
    }
    printf("receive for 50 ms: %s\n", sep_status_name(status));
    printf("%u sent, %u refused\n", (unsigned)queue.count, (unsigned)queue.refused);
    return 0;
}
