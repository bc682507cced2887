// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Keeps its slots.

#include "stamp.h"

int main(void)
{
    printf("telemetry is up\n");
    for (;;) {
        (void)stamp_next();
        stamp_print();
    }
}
