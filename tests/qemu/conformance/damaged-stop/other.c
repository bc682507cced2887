// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is ended with the system.

#include <check.h>

int main(void)
{
    for (;;) {
        idle(1);
    }
}
