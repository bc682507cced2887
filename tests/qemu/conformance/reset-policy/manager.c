// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Asks for resets that the description refuses, and for one that it allows.

#include <check.h>

#define COLD 1u
#define NONE 2u

static struct sep_partition_status status(uint32_t partition)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(partition, &status);
    return status;
}

int main(void)
{
    wait_for_frame(40);
    CHECK_STATUS("warm reset of cold", sep_partition_reset(COLD, SEP_MODE_WARM, 1),
                 SEP_INVALID_CONFIG);
    CHECK_STATUS("warm reset of none", sep_partition_reset(NONE, SEP_MODE_WARM, 1),
                 SEP_INVALID_CONFIG);
    CHECK_STATUS("cold reset of none", sep_partition_reset(NONE, SEP_MODE_COLD, 1),
                 SEP_INVALID_CONFIG);
    CHECK_EQUAL("cold was not reset", status(COLD).reset_count, 0);
    CHECK_EQUAL("none was not reset", status(NONE).reset_count, 0);
    CHECK_EQUAL("none goes on", status(NONE).state, SEP_STATE_READY);
    CHECK_STATUS("cold reset of cold", sep_partition_reset(COLD, SEP_MODE_COLD, 7), SEP_OK);
    CHECK_STATUS("halt none", sep_partition_halt(NONE), SEP_OK);
    CHECK_STATUS("halted for good", sep_partition_reset(NONE, SEP_MODE_COLD, 1),
                 SEP_INVALID_CONFIG);
    CHECK_EQUAL("none is halted", status(NONE).state, SEP_STATE_HALTED);
    return 0;
}
