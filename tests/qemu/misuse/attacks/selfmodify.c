// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Changes its own code while it runs it and tells nobody. What comes back may be old or new.

#include "attack.h"

#include <string.h>

#define SIZE 32u

__attribute__((noinline, section(".text.first"))) static int first(void)
{
    return 1;
}

__attribute__((noinline, section(".text.second"))) static int second(void)
{
    return 2;
}

static uint64_t code[SIZE / 8u];

int main(void)
{
    int (*volatile from[2])(void) = {first, second};
    int (*run)(void) = (int (*)(void))(uintptr_t)code;
    uint32_t wrong = 0;

    for (uint32_t i = 0; i < 20000u; i++) {
        memcpy(code, (const void *)(uintptr_t)from[i % 2u], SIZE);
        int result = run();

        wrong += result != 1 && result != 2;
    }
    printf("%u strange results\n", (unsigned)wrong);
    for (;;) {
        (void)sep_idle_self();
    }
}
