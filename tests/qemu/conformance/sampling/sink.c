// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads before anything was written, waits for the message, and sees it grow old.

#include <check.h>

#define SIZE 100u

static _Alignas(8) unsigned char message[SIZE + 8u];

// The message is whole and nothing around it was written.
static bool is_whole(uint32_t offset)
{
    for (uint32_t i = 0; i < sizeof(message); i++) {
        bool inside = i >= offset && i < offset + SIZE;

        if (message[i] != (inside ? SIZE : 0u)) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    struct sep_message_info info;
    uint32_t port;
    uint32_t never;
    sep_time_t start;

    CHECK_STATUS("the port", sep_sampling_create("attitude", SEP_PORT_DESTINATION, SIZE, &port),
                 SEP_OK);
    CHECK_STATUS("the other", sep_sampling_create("never", SEP_PORT_DESTINATION, 4, &never),
                 SEP_OK);
    CHECK_STATUS("nothing yet", sep_sampling_read(port, message, SIZE, &info), SEP_NOT_AVAILABLE);
    CHECK_STATUS("not a source", sep_sampling_write(port, message, 4), SEP_INVALID_PARAM);
    CHECK_STATUS("waited",
                 sep_sampling_read_wait(port, message + 3, SIZE, &info, 0, SEP_WAIT_FOREVER),
                 SEP_OK);
    CHECK("the last one, whole", is_whole(3) && info.size == SIZE);
    CHECK("it is new", info.valid == 1u && info.age < 10 * MS);
    CHECK_STATUS("too little room", sep_sampling_read(port, message, SIZE - 1u, &info),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("misaligned information",
                 sep_sampling_read(port, message, SIZE, (void *)(message + 4)),
                 SEP_INVALID_ADDRESS);
    start = now(SEP_CLOCK_HW);
    CHECK_STATUS("no newer one comes",
                 sep_sampling_read_wait(port, message, SIZE, &info, info.time, 31 * MS),
                 SEP_NOT_AVAILABLE);
    CHECK("in time", now(SEP_CLOCK_HW) - start >= 31 * MS && now(SEP_CLOCK_HW) - start < 45 * MS);
    CHECK_STATUS("the old one stays", sep_sampling_read(port, message, SIZE, &info), SEP_OK);
    CHECK("too old", info.valid == 0u && info.age > 25 * MS);
    // Within one slot: the timer ends the wait, not the next slot.
    (void)sep_idle_self();
    start = now(SEP_CLOCK_HW);
    CHECK_STATUS("nothing in half a slot",
                 sep_sampling_read_wait(never, message, 4, &info, 0, 500 * US), SEP_NOT_AVAILABLE);
    CHECK("the wait ends by itself", now(SEP_CLOCK_HW) - start < 2 * MS);
    return 0;
}
