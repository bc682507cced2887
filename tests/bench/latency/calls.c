// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A neighbour that makes the longest hypercalls, back to back: messages of 4096 bytes at the worst address.

#include <septum/septum.h>
#include <stdio.h>

#define GUEST 0u
#define SIZE 4096u
#define CALLS 200u

static _Alignas(8) char message[SIZE + 8u];

int main(void)
{
    static const struct sep_port_request request = {
        .name = "out", .direction = SEP_PORT_SOURCE, .message_size = SIZE};
    struct sep_partition_status status;
    uint32_t made = 0;
    uint32_t out;

    if (sep_port_open(&request, &out) != SEP_OK) {
        return 1;
    }
    do {
        for (uint32_t i = 0; i < CALLS; i++) {
            if (sep_sampling_write(out, message + i % 8u, SIZE) != SEP_OK) {
                return 1;
            }
            made++;
        }
    } while (sep_partition_status(GUEST, &status) == SEP_OK && status.state != SEP_STATE_HALTED);
    printf("made %u calls\n", (unsigned)made);
    return 0;
}
