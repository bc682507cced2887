// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits for an interrupt, for ever; a fault where that is privileged.

#include "attack.h"

int main(void)
{
    for (;;) {
        __asm__ volatile("wfi");
    }
}
