// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Says that it is there, and is.

#include <check.h>

int main(void)
{
    printf("here\n");
    for (;;) {
        (void)sep_idle_self();
    }
}
