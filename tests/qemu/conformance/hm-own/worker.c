// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is there.

#include <check.h>

int main(void)
{
    printf("here\n");
    for (;;) {
        (void)sep_idle_self();
    }
}
