// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Resets itself, warm, as soon as it runs.

#include "attack.h"

int main(void)
{
    for (;;) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_WARM, 0);
    }
}
