// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has its own watchdog bite at once, for ever: each bite is an event and a warm reset.

#include "attack.h"

int main(void)
{
    for (;;) {
        (void)sep_set_timer(SEP_CLOCK_WATCHDOG, 1, 0);
    }
}
