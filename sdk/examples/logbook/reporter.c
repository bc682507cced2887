// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition: restarts everything when the other one has failed, and says afterwards what had
// happened.

#include <septum/septum.h>
#include <stdio.h>

#define FAULTY 0u

static const char *const events[] = {
#define NAME(name, word, ...) word,
    SEP_EVENT_LIST(NAME)
#undef NAME
};

static void report(void)
{
    struct sep_log_status log = {0};
    static struct sep_hm_record record;

    (void)sep_hm_status(&log);
    printf("the log has %u\n", (unsigned)log.count);
    for (uint32_t number = log.oldest; number < log.count; number++) {
        if (sep_hm_read(number, &record) == SEP_OK) {
            printf("record %u: partition %u, %s, address 0x%x, in life %u\n",
                   (unsigned)record.number, (unsigned)record.partition, events[record.event],
                   (unsigned)record.address, (unsigned)record.reset_count);
        }
    }
}

int main(void)
{
    struct sep_system_status system = {0};
    struct sep_partition_status faulty = {0};

    (void)sep_system_status(&system);
    printf("life %u\n", (unsigned)system.reset_count);
    report();
    do {
        (void)sep_idle_self();
        (void)sep_partition_status(FAULTY, &faulty);
    } while (faulty.state != SEP_STATE_HALTED);
    if (system.reset_count == 0u) {
        printf("the other one has failed: all anew\n");
        // What is in the console's ring would be lost with everything else.
        (void)sep_idle_self();
        (void)sep_system_reset(SEP_MODE_WARM);
    }
    printf("it has failed again: the end\n");
    report();
    (void)sep_system_halt();
    return 0;
}
