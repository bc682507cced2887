// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sends messages of many lengths as fast as there is room, and some that nobody wants in time.

#include <check.h>

#define MESSAGES 60u

static _Alignas(8) unsigned char message[SEP_MESSAGE_MAX + 8u];

static uint32_t length_of(uint32_t number)
{
    return number % 3u == 0u ? SEP_MESSAGE_MAX - number : 1u + number * number;
}

static void fill(uint32_t number)
{
    for (uint32_t i = 0; i < sizeof(message); i++) {
        message[i] = (unsigned char)(number * 7u + i - number % 8u);
    }
}

int main(void)
{
    struct sep_queuing_status status;
    uint32_t late;
    uint32_t work;
    uint32_t wrong = 0;

    CHECK_STATUS("work", sep_queuing_create("work", SEP_PORT_SOURCE, SEP_MESSAGE_MAX, 2, &work),
                 SEP_OK);
    CHECK_STATUS("late", sep_queuing_create("late", SEP_PORT_SOURCE, 16, 3, &late), SEP_OK);
    CHECK_STATUS("another depth", sep_queuing_create("late", SEP_PORT_SOURCE, 16, 4, &late),
                 SEP_INVALID_CONFIG);
    CHECK_STATUS("not a destination", sep_queuing_clear(work), SEP_INVALID_PARAM);
    wait_for_frame(30);
    for (uint32_t i = 0; i < 3u; i++) {
        wrong += sep_queuing_send(late, &i, sizeof(i)) != SEP_OK;
    }
    CHECK_EQUAL("three find room", wrong, 0);
    CHECK_STATUS("a fourth does not", sep_queuing_send(late, message, 4), SEP_NOT_AVAILABLE);
    CHECK_STATUS("not even soon", sep_queuing_send_wait(late, message, 4, 200 * US),
                 SEP_NOT_AVAILABLE);
    CHECK_STATUS("status", sep_queuing_status(late, &status), SEP_OK);
    CHECK("what was refused is counted", status.refused == 1u && status.waiting == 3u);
    for (uint32_t i = 0; i < MESSAGES; i++) {
        fill(i);
        wrong +=
            sep_queuing_send_wait(work, message + i % 8u, length_of(i), SEP_WAIT_FOREVER) != SEP_OK;
    }
    CHECK_EQUAL("all were sent", wrong, 0);
    CHECK_STATUS("status", sep_queuing_status(late, &status), SEP_OK);
    CHECK_EQUAL("what nobody wanted is gone", status.expired, 3);
    return 0;
}
