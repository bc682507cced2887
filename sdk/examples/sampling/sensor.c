// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes a sample in each of its slots, and stops after the fourth.

#include "altitude.h"

#define LOADED 40u // frames after which all partitions run

int main(void)
{
    struct sep_plan_status plan = {0};
    uint32_t port;

    (void)sep_sampling_create("altitude", SEP_PORT_SOURCE, 16, &port);
    while (plan.frame_count < LOADED) {
        (void)sep_idle_self();
        (void)sep_plan_status(&plan);
    }
    for (uint32_t number = 1; number <= 4u; number++) {
        struct altitude altitude = {number, 1000u + 10u * number};

        printf("sample %u: %s\n", (unsigned)number,
               sep_status_name(sep_sampling_write(port, &altitude, sizeof(altitude))));
        (void)sep_idle_self();
    }
    return 0;
}
