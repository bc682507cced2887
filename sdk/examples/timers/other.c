// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Takes processor time from the partition whose timers are shown, and ends after it.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    for (int slot = 0; slot < 40; slot++) {
        (void)sep_idle_self();
    }
    printf("40 slots later\n");
    return 0;
}
