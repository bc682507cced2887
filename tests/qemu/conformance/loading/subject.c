// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Says how it was started, and runs.

#include <check.h>

int main(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    printf("code %u\n", (unsigned)status.reset_code);
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    for (;;) {
    }
}
