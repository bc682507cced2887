// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts in memory that is shared with `wake`, which sees how far it came when its slot ended.

#include "burden.h"

int main(void)
{
    struct bench_spin *spin = (struct bench_spin *)(uintptr_t)sep_info_area("mail")->address;

    burden_begin();
    for (;;) {
        burden_again();
        bench_spin(spin, 5000);
    }
}
