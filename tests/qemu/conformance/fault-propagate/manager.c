// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Who cannot take a fault is halted, with the record of both.

#include <check.h>
#include <isa_faults.h>

static void check_one(const char *name, uint32_t partition)
{
    struct sep_partition_status status = {0};

    for (unsigned frame = 0; frame < 200u; frame++) {
        (void)sep_partition_status(partition, &status);
        if (status.state == SEP_STATE_HALTED) {
            break;
        }
        idle(1);
    }
    CHECK(name,
          status.state == SEP_STATE_HALTED && status.event_count == 1u && status.reset_count == 0u);
}

int main(void)
{
    idle(2);
    check_one("bare", 2);
    if (ISA_HAS_STACK != 0) {
        check_one("deep", 3);
    }
    return 0;
}
