// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is not disturbed.

#include <check.h>

int main(void)
{
    struct sep_partition_status status;

    idle(10);
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("no reset", status.reset_count, 0);
    CHECK_EQUAL("no event", status.event_count, 0);
    CHECK_EQUAL("no interrupt", status.virq_count, 0);
    return 0;
}
