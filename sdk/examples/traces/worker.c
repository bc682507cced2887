// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records what it does. Between two events it idles, which the hypervisor records.

#include <septum/septum.h>

#define ROUNDS 6u
#define CODE_ROUND 1u

int main(void)
{
    for (uint32_t i = 0; i < ROUNDS; i++) {
        (void)sep_trace_write(CODE_ROUND, i, i * i);
        (void)sep_idle_self();
    }
    return 0;
}
