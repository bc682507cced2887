// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Follows what the one on duty does. When that is too old, it goes on from there.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    struct sep_message_info info;
    uint32_t command = 0;
    uint32_t primary;
    uint32_t own;

    (void)sep_sampling_create("primary", SEP_PORT_DESTINATION, 4, &primary);
    (void)sep_sampling_create("command", SEP_PORT_SOURCE, 4, &own);
    (void)sep_sampling_read_wait(primary, &command, sizeof(command), &info, 0, SEP_WAIT_FOREVER);
    printf("standing by\n");
    while (info.valid != 0u) {
        (void)sep_idle_self();
        (void)sep_sampling_read(primary, &command, sizeof(command), &info);
    }
    printf("nothing new since command %u, %u ms ago: I take over\n", (unsigned)command,
           (unsigned)(info.age / 1000000u));
    for (uint32_t last = command + 3u; command < last;) {
        command++;
        (void)sep_sampling_write(own, &command, sizeof(command));
        (void)sep_idle_self();
    }
    return 0;
}
