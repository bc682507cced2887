// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Causes the fault that it has its name from; it is the reason of a cold reset, which loads its image again.

#include <raise.h>

static unsigned starts;

int main(void)
{
    const struct raise *mine = raise_mine();
    struct sep_partition_status status = {0};

    starts++;
    (void)sep_partition_status(SEP_SELF, &status);
    if (status.reset_count == 0u) {
        (void)sep_partition_set_mode(SEP_MODE_NORMAL);
        wait_for_frame(60);
        raise_now();
        printf("FAIL went on\n");
        return 0;
    }
    CHECK_EQUAL("one reset", status.reset_count, 1);
    CHECK_EQUAL("one event", status.event_count, 1);
    CHECK_EQUAL("which is its code", status.reset_code, mine->event);
    CHECK_EQUAL("cold", status.mode, SEP_MODE_COLD);
    CHECK_EQUAL("memory as loaded", starts, 1);
    return 0;
}
