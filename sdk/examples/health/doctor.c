// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that reads the health monitor's log while the system runs.

#include <septum/septum.h>
#include <stdio.h>

#define PATIENTS 3u

// Words of both lists, in their order.
#define WORD(name, word, ...) word,
static const char *const events[] = {SEP_EVENT_LIST(WORD)};
static const char *const actions[] = {SEP_ACTION_LIST(WORD)};

static struct sep_hm_record record;

static bool all_halted(void)
{
    struct sep_partition_status status = {0};
    unsigned halted = 0;

    for (uint32_t i = 0; i < PATIENTS; i++) {
        (void)sep_partition_status(i, &status);
        halted += status.state == SEP_STATE_HALTED ? 1u : 0u;
    }
    return halted == PATIENTS;
}

static void read_log(void)
{
    struct sep_log_status log = {0};

    (void)sep_hm_status(&log);
    printf("%u records of %u\n", (unsigned)log.count, (unsigned)log.capacity);
    for (uint32_t number = log.oldest; sep_hm_read(number, &record) == SEP_OK; number++) {
        printf("%u: partition %u, %s: %s, code 0x%x\n", (unsigned)record.number,
               (unsigned)record.partition, events[record.event], actions[record.action],
               (unsigned)record.code);
    }
}

int main(void)
{
    while (!all_halted()) {
        (void)sep_idle_self();
    }
    read_log();
    (void)sep_system_halt();
    return 1;
}
