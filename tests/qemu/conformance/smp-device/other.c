// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// On the first processor: gets nothing.

#include <check.h>

int main(void)
{
    for (;;) {
        struct sep_irq_status status = {0};

        (void)sep_irq_status(&status);
        if ((status.pending & 0xffff0000u) != 0u) {
            printf("FAIL the device's interrupt came here\n");
        }
    }
}
