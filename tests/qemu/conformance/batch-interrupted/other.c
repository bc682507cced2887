// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts its slots in the console of nobody: it only takes the processor.

int main(void)
{
    for (volatile unsigned i = 0; i < 400000u; i++) {
    }
    return 0;
}
