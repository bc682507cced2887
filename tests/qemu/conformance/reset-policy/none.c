// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No resets: not by itself, and not by anybody else.

#include <check.h>

int main(void)
{
    CHECK("flag", (sep_info()->flags & SEP_PARTITION_NO_RESET) != 0u);
    CHECK_STATUS("warm", sep_partition_set_mode(SEP_MODE_WARM), SEP_INVALID_CONFIG);
    CHECK_STATUS("cold", sep_partition_set_mode(SEP_MODE_COLD), SEP_INVALID_CONFIG);
    idle(200);
    printf("FAIL not halted\n");
    return 0;
}
