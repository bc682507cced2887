// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Finds its memory as it left it.

#include <check.h>

static volatile uint32_t words[8192];

int main(void)
{
    unsigned wrong = 0;

    for (uint32_t i = 0; i < 8192u; i++) {
        words[i] = i * 2654435761u;
    }
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    idle(30);
    for (uint32_t i = 0; i < 8192u; i++) {
        wrong += words[i] != i * 2654435761u ? 1u : 0u;
    }
    CHECK_EQUAL("nothing changed", wrong, 0);
    return 0;
}
