// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes a message of every length, then one that grows old.

#include <check.h>

#include <string.h>

#define SIZE 100u

int main(void)
{
    static _Alignas(8) char message[SIZE + 8u];
    static const char no_end[] = "a name that is longer than any name may be";
    struct sep_sampling_status status;
    uint32_t port = 99;
    uint32_t wrong = 0;

    CHECK_STATUS("a reader's end",
                 sep_sampling_create("attitude", SEP_PORT_DESTINATION, SIZE, &port),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("another length",
                 sep_sampling_create("attitude", SEP_PORT_SOURCE, SIZE - 1u, &port),
                 SEP_INVALID_CONFIG);
    CHECK_STATUS("no such name", sep_sampling_create("altitude", SEP_PORT_SOURCE, SIZE, &port),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("a name too long", sep_sampling_create(no_end, SEP_PORT_SOURCE, SIZE, &port),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("the port", sep_sampling_create("attitude", SEP_PORT_SOURCE, SIZE, &port), SEP_OK);
    CHECK_STATUS("nothing", sep_sampling_write(port, message, 0), SEP_INVALID_PARAM);
    CHECK_STATUS("too much", sep_sampling_write(port, message, SIZE + 1u), SEP_INVALID_PARAM);
    CHECK_STATUS("nobody's memory", sep_sampling_write(port, (void *)8, 4), SEP_INVALID_ADDRESS);
    CHECK_STATUS("another port", sep_sampling_write(2, message, 4), SEP_INVALID_PARAM);
    wait_for_frame(30);
    for (uint32_t size = 1; size <= SIZE; size++) {
        memset(message, (int)size, sizeof(message));
        wrong += sep_sampling_write(port, message + size % 8u, size) != SEP_OK;
    }
    CHECK_EQUAL("every length", wrong, 0);
    CHECK_STATUS("status", sep_sampling_status(port, &status), SEP_OK);
    CHECK_EQUAL("all were counted", status.count, SIZE);
    CHECK_EQUAL("and the last is valid", status.valid, 1);
    return 0;
}
