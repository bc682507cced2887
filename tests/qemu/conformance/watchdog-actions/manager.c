// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Looks at who was halted and who suspended, and resumes that one.

#include <check.h>

#define HALTS 1u
#define SUSPENDS 2u
#define IDLES 6u

static struct sep_partition_status wait_for(uint32_t partition, uint32_t state)
{
    struct sep_partition_status status = {0};

    for (unsigned frame = 0; frame < 200u; frame++) {
        (void)sep_partition_status(partition, &status);
        if (status.state == state) {
            break;
        }
        idle(1);
    }
    return status;
}

static void check_one(const char *name, uint32_t partition, uint32_t state)
{
    struct sep_partition_status status = wait_for(partition, state);

    CHECK(name, status.state == state && status.event_count == 1u && status.reset_count == 0u);
}

int main(void)
{
    check_one("halted", HALTS, SEP_STATE_HALTED);
    check_one("suspended", SUSPENDS, SEP_STATE_SUSPENDED);
    check_one("halted while it idled", IDLES, SEP_STATE_HALTED);
    idle(5);
    check_one("still suspended", SUSPENDS, SEP_STATE_SUSPENDED);
    (void)sep_partition_resume(SUSPENDS);
    return 0;
}
