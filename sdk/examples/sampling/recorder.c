// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs half as often as the sensor, and so sees every other sample: the last one before its slot.

#include "altitude.h"

int main(void)
{
    struct sep_sampling_status status = {0};
    struct sep_message_info info = {0};
    struct altitude altitude = {0};
    uint32_t port;

    (void)sep_sampling_create("altitude", SEP_PORT_DESTINATION, 16, &port);
    do {
        (void)sep_idle_self();
        if (sep_sampling_read(port, &altitude, sizeof(altitude), &info) == SEP_OK) {
            printf("sample %u is %u ms old: %s\n", (unsigned)altitude.number,
                   (unsigned)(info.age / 1000000u), info.valid != 0u ? "valid" : "too old");
        }
    } while (altitude.number == 0u || info.valid != 0u);
    (void)sep_sampling_status(port, &status);
    printf("%u were written\n", (unsigned)status.count);
    return 0;
}
