// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes in a slot of its own, in which the interrupts of the pool wait.

#include "work.h"

int main(void)
{
    for (;;) {
        work(OUTSIDE);
    }
}
