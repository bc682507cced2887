// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Does what it is told. It knows two ports, and nothing of a device.

#include <septum/septum.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 32u
#define DEPTH 8u

int main(void)
{
    static char command[SIZE];
    char report[SIZE];
    struct sep_message_info info;
    unsigned long speed = 0;
    uint32_t commands;
    uint32_t reports;

    (void)sep_queuing_create("commands", SEP_PORT_DESTINATION, SIZE, DEPTH, &commands);
    (void)sep_queuing_create("reports", SEP_PORT_SOURCE, SIZE, DEPTH, &reports);
    do {
        (void)sep_queuing_receive_wait(commands, command, SIZE, &info, SEP_WAIT_FOREVER);
        printf("command \"%s\"\n", command);
        if (strncmp(command, "speed ", 6) == 0) {
            speed = strtoul(command + 6, NULL, 10);
            (void)snprintf(report, SIZE, "speed is %lu", speed);
        } else {
            (void)snprintf(report, SIZE, "%s", strcmp(command, "end") == 0 ? "bye" : "what?");
        }
        (void)sep_queuing_send_wait(reports, report, strlen(report) + 1u, SEP_WAIT_FOREVER);
    } while (strcmp(command, "end") != 0);
    return 0;
}
