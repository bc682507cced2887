// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Resumes the other partition in the fourth frame after it has suspended itself.

#include <check.h>

#define OTHER 1u

int main(void)
{
    struct sep_partition_status status = {0};

    do {
        idle(1);
        (void)sep_partition_status(OTHER, &status);
        if (status.state == SEP_STATE_SUSPENDED) {
            idle(3);
            CHECK_STATUS("resume", sep_partition_resume(OTHER), SEP_OK);
        }
    } while (status.state != SEP_STATE_HALTED);
    CHECK_EQUAL("resets", status.reset_count, 3);
    CHECK_EQUAL("mode", status.mode, SEP_MODE_IDLE);
    return 0;
}
