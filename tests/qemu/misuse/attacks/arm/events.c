// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits for events and yields, for ever: the processor, not the hypervisor, takes that.

#include "attack.h"

int main(void)
{
    for (;;) {
        __asm__ volatile("wfe\n\tyield");
    }
}
