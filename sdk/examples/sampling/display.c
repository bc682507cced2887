// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs as often as the sensor: waits for each new sample, and shows when none comes any more.

#include "altitude.h"

#define MS ((sep_time_t)1000000)

static struct altitude altitude;
static struct sep_message_info info;

static void show(const char *what)
{
    printf("%s: sample %u, %u m, %s\n", what, (unsigned)altitude.number, (unsigned)altitude.metres,
           info.valid != 0u ? "valid" : "too old");
}

int main(void)
{
    sep_status_t status;
    uint32_t port;

    (void)sep_sampling_create("altitude", SEP_PORT_DESTINATION, 16, &port);
    status = sep_sampling_read(port, &altitude, sizeof(altitude), &info);
    printf("before the first: %s\n", sep_status_name(status));
    // The first one may take as long as it likes, the others come every 10 ms.
    status = sep_sampling_read_wait(port, &altitude, sizeof(altitude), &info, 0, SEP_WAIT_FOREVER);
    while (status == SEP_OK) {
        show("new");
        status =
            sep_sampling_read_wait(port, &altitude, sizeof(altitude), &info, info.time, 30 * MS);
    }
    printf("30 ms without a new one: %s\n", sep_status_name(status));
    (void)sep_sampling_read(port, &altitude, sizeof(altitude), &info);
    show("the last");
    return 0;
}
