// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes in turns of the pool, and is not preempted.

#include "work.h"

int main(void)
{
    for (;;) {
        work(SOLID);
    }
}
