// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes what nobody sees.

#include <check.h>

int main(void)
{
    (void)sep_console_puts("nobody sees this\n");
    return 0;
}
