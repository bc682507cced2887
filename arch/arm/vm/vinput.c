// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where the input of a console goes.

#include <vm/vinput.h>

#define ESCAPE 0x01u
#define ESCAPES 3u

void vinput_add(struct vinput *input, struct vpl011 *uart)
{
    struct vpl011 *last = input->focus;

    if (last == NULL) {
        input->focus = uart;
        uart->next = uart;
        return;
    }
    while (last->next != input->focus) {
        last = last->next;
    }
    uart->next = input->focus;
    last->next = uart;
}

struct vpl011 *vinput_take(struct vinput *input, uint8_t byte)
{
    input->escapes = byte == ESCAPE ? input->escapes + 1u : 0u;
    if (input->escapes == ESCAPES) {
        input->escapes = 0;
        input->focus = input->focus->next;
        return NULL;
    }
    (void)vpl011_receive(input->focus, byte);
    return input->focus;
}
