// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fails 40 slots after each start.

#include <septum/septum.h>
#include <stdio.h>

#define NOT_MINE ((const volatile uint32_t *)0x60000000)

int main(void)
{
    printf("started\n");
    for (unsigned slot = 0; slot < 40u; slot++) {
        (void)sep_idle_self();
    }
    return (int)*NOT_MINE;
}
