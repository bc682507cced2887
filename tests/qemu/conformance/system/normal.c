// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is started anew with the system.

#include <check.h>

static unsigned starts;

int main(void)
{
    starts++;
    printf("start %u\n", starts);
    for (;;) {
    }
}
