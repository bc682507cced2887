// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes where nothing is.

#include <stdint.h>

int main(void)
{
    *(volatile uint32_t *)0x60000000u = 1;
    return 0;
}
