// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Does nothing, for ever, with interrupts disabled.

#include "attack.h"

int main(void)
{
    (void)sep_irq_disable();
    for (;;) {
    }
}
