// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits for interrupts of all its lines, which never come, and computes.

#include <septum/septum.h>

int main(void)
{
    (void)sep_irq_unmask(~(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST) - 1u));
    for (volatile uint32_t work = 0;; work = work + 1u) {
    }
    return 0;
}
