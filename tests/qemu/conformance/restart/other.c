// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs in each life of the system.

#include <check.h>

static unsigned starts;

int main(void)
{
    starts++;
    printf("start %u\n", starts);
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    for (;;) {
        idle(1);
    }
}
