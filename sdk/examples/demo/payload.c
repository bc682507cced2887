// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Works for some frames, then reads memory of guidance: 2 MiB below its own.

#include "stamp.h"

#define FRAMES 5
#define MIB 0x100000u

int main(void)
{
    uintptr_t own = (uintptr_t)sep_info_area("ram")->address;
    const volatile uint32_t *guidance = (const volatile uint32_t *)(own - 2u * MIB);

    printf("payload is up\n");
    while (stamp_next() < FRAMES) {
    }
    printf("now reading guidance's memory\n");
    printf("READ 0x%08x\n", (unsigned)*guidance);
    for (;;) {
        stamp_compute();
    }
}
