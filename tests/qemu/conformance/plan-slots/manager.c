// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits until all others are halted.

#include <check.h>

int main(void)
{
    struct sep_partition_status one = {0};
    struct sep_partition_status two = {0};

    do {
        idle(1);
        (void)sep_partition_status(1, &one);
        (void)sep_partition_status(2, &two);
    } while (one.state != SEP_STATE_HALTED || two.state != SEP_STATE_HALTED);
    CHECK("no event", one.event_count == 0u && two.event_count == 0u);
    return 0;
}
