// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads what was sent, then writes where nothing is.

#include <septum/septum.h>

#include "frames.h"

#define MESSAGE_SIZE 16u
#define DEPTH 2u
#define NOWHERE 0x60000000u

int main(void)
{
    struct sep_message_info info = {0};
    char message[MESSAGE_SIZE];
    uint32_t attitude = 0;
    uint32_t commands = 0;

    (void)sep_sampling_create("attitude", SEP_PORT_DESTINATION, sizeof(message), &attitude);
    (void)sep_queuing_create("commands", SEP_PORT_DESTINATION, sizeof(message), DEPTH, &commands);
    wait_for_frame(FRAME_READ);
    (void)sep_sampling_read(attitude, message, sizeof(message), &info);
    for (uint32_t i = 0; i < DEPTH; i++) {
        (void)sep_queuing_receive(commands, message, sizeof(message), &info);
    }
    *(volatile uint32_t *)(uintptr_t)NOWHERE = 1;
    return 0;
}
