// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The second real-time partition: sends each report of the first one back to it.

#include "slots.h"

int main(void)
{
    struct report report = {0};
    struct sep_message_info info;
    uint32_t from = 0;
    uint32_t to = 0;

    (void)sep_queuing_create("report", SEP_PORT_DESTINATION, sizeof(report), 4, &from);
    (void)sep_queuing_create("answer", SEP_PORT_SOURCE, sizeof(report), 4, &to);
    slots_init(500000);
    while (report.last == 0u) {
        slots_next(report.linux_runs != 0u);
        while (sep_queuing_receive(from, &report, sizeof(report), &info) == SEP_OK) {
            (void)sep_queuing_send(to, &report, sizeof(report));
        }
    }
    slots_print();
    return 0;
}
