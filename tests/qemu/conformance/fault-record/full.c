// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads the record of its own fault: every register is what it was, and still is.

#include <check.h>
#include <isa_record.h>

#define SEED 0x3f000000u

static unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

// The last record of this partition.
static bool last(struct sep_hm_record *record)
{
    struct sep_log_status log = {0};

    (void)sep_hm_status(&log);
    for (uint32_t i = log.count; i != log.oldest; i--) {
        if (sep_hm_read(i - 1u, record) == SEP_OK && record->partition == sep_info()->partition) {
            return true;
        }
    }
    return false;
}

int main(void)
{
    static struct sep_hm_record record;
    bool fp = (sep_info()->flags & SEP_PARTITION_FP) != 0u;

    rt_trap_handler(on_fault);
    wait_for_frame(40);
    if (fp) {
        isa_fp_set(SEED);
    }
    isa_record_fault();
    CHECK_EQUAL("one fault", faults, 1);
    CHECK("a record", last(&record));
    CHECK_EQUAL("registers that are not what they were", isa_record_wrong(&record, fp), 0);
    if (fp) {
        CHECK_EQUAL("floating-point registers that changed", isa_fp_differ(SEED), 0);
    }
    return 0;
}
