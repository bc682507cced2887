// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Raises the line of `owner` in turns.

#include "raise.h"

int main(void)
{
    bench_raise(1u);
    return 1;
}
