// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Only cold resets: its own warm one is refused; the manager's cold one and the watchdog's load it again.

#include <check.h>

static unsigned lives;

int main(void)
{
    struct sep_partition_status status = {0};

    lives++;
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("memory as loaded", lives, 1);
    CHECK_EQUAL("mode", status.mode, SEP_MODE_COLD);
    if (status.reset_count == 0u) {
        CHECK("flag", (sep_info()->flags & SEP_PARTITION_COLD_ONLY) != 0u);
        CHECK_STATUS("warm", sep_partition_set_mode(SEP_MODE_WARM), SEP_INVALID_CONFIG);
        idle(200);
        printf("FAIL no reset\n");
    } else if (status.reset_count == 1u) {
        CHECK_EQUAL("the manager's", status.reset_code, 7);
        (void)sep_set_timer(SEP_CLOCK_WATCHDOG, 1, 0);
        printf("FAIL went on\n");
    } else {
        CHECK_EQUAL("the watchdog's", status.reset_code, SEP_EVENT_WATCHDOG);
    }
    return 0;
}
