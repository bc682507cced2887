// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A real-time vCPU that computes without end: it uses up its capacity, and a switch of plans ends its job.

int main(void)
{
    for (;;) {
    }
}
