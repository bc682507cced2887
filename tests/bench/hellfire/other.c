// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes, and nothing else but looking whether a ping is due.

#include "ping.h"

int main(void)
{
    for (;;) {
        ping_compute();
    }
}
