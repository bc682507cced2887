// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Keeps a secret and goes on as if nothing had happened.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    for (int slot = 1; slot <= 6; slot++) {
        printf("slot %d, undisturbed\n", slot);
        (void)sep_idle_self();
    }
    return 0;
}
