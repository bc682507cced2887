// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Does what the one on duty says, else what the standby says. It misses no command.

#include <septum/septum.h>
#include <stdio.h>

static uint32_t ports[2];
static const char *const names[2] = {"primary", "standby"};

// The first of the two that has something valid to say, or 2.
static uint32_t listen(uint32_t *command)
{
    struct sep_message_info info;

    for (uint32_t i = 0; i < 2u; i++) {
        if (sep_sampling_read(ports[i], command, sizeof(*command), &info) == SEP_OK &&
            info.valid != 0u) {
            return i;
        }
    }
    return 2;
}

int main(void)
{
    uint32_t command = 0;
    uint32_t from;

    for (uint32_t i = 0; i < 2u; i++) {
        (void)sep_sampling_create(names[i], SEP_PORT_DESTINATION, 4, &ports[i]);
    }
    do {
        (void)sep_idle_self();
        from = listen(&command);
        if (from < 2u) {
            printf("command %u from %s\n", (unsigned)command, names[from]);
        }
    } while (from < 2u || command == 0u);
    printf("nobody says anything\n");
    return 0;
}
