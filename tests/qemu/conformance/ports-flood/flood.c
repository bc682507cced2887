// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sends for ever, whatever the answer. Each message that is taken has the next number.

#include <septum/septum.h>

#define SIZE 64u
#define WORDS (SIZE / sizeof(uint32_t))

int main(void)
{
    static uint32_t message[WORDS];
    uint32_t number = 1;

    for (;;) {
        for (uint32_t i = 0; i < WORDS; i++) {
            message[i] = number;
        }
        (void)sep_sampling_write(0, message, SIZE);
        if (sep_queuing_send(1, message, SIZE) == SEP_OK) {
            number++;
        }
    }
}
