// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is reset in several ways and says what it finds after each.

#include <septum/septum.h>
#include <stdio.h>

// A warm reset keeps it, a cold reset starts it anew.
static unsigned starts;

int main(void)
{
    struct sep_partition_status status;

    starts++;
    (void)sep_partition_status(SEP_SELF, &status);
    printf("start %u since the last load: %s, reset %u, code %u\n", starts,
           status.mode == SEP_MODE_WARM ? "warm" : "cold", (unsigned)status.reset_count,
           (unsigned)status.reset_code);
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    if (status.reset_count == 0u) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_WARM, 11);
    }
    if (status.reset_count == 1u) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_COLD, 22);
    }
    for (;;) {
        (void)sep_idle_self();
    }
}
