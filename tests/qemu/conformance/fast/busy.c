// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes in turns of the pool; others may preempt it.

#include "work.h"

int main(void)
{
    for (;;) {
        work(BUSY);
    }
}
