// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts, and nothing else. Where it counts, in memory that the reader may read too, it writes to its
// sampling port once.

#include <septum/septum.h>

#define MESSAGE 4u

int main(void)
{
    const struct sep_info_area *area = sep_info_area("count");
    volatile uint32_t *counter;
    uint32_t address;
    uint32_t port;

    if (area == NULL) {
        return 1;
    }
    address = (uint32_t)area->address;
    counter = (volatile uint32_t *)(uintptr_t)address;
    if (sep_sampling_create("count", SEP_PORT_SOURCE, MESSAGE, &port) != SEP_OK ||
        sep_sampling_write(port, &address, MESSAGE) != SEP_OK) {
        return 1;
    }
    for (;;) {
        *counter += 1u;
    }
}
