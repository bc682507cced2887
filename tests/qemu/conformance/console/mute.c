// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no console in its description, and does as if.

#include <check.h>

int main(void)
{
    if (sep_console_write("x", 1) != SEP_INVALID_CONFIG ||
        sep_console_puts("x") != SEP_INVALID_CONFIG) {
        // The only way to be heard: an event.
        __builtin_trap();
    }
    printf("nobody reads this\n");
    idle(10);
    return 0;
}
