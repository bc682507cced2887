// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Keeps its slots while its memory is attacked, and ends the mission.

#include "stamp.h"

#define FRAMES 20

int main(void)
{
    printf("guidance is up\n");
    while (stamp_next() <= FRAMES) {
        stamp_print();
    }
    printf("mission complete\n");
    (void)sep_system_halt();
    return 1;
}
