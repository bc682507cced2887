// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that waits for what the health monitor records, while the system runs.

#include <septum/septum.h>
#include <stdio.h>

#define RECORDS 6u // of the three patients

// Words of both lists, in their order.
#define WORD(name, word, ...) word,
static const char *const events[] = {SEP_EVENT_LIST(WORD)};
static const char *const actions[] = {SEP_ACTION_LIST(WORD)};

static struct sep_hm_record record;

static void tell(void)
{
    printf("%u: partition %u, %s: %s, code 0x%x\n", (unsigned)record.number,
           (unsigned)record.partition, events[record.event], actions[record.action],
           (unsigned)record.code);
}

int main(void)
{
    for (uint32_t number = 0; number < RECORDS; number++) {
        if (sep_hm_read_wait(number, &record, SEP_WAIT_FOREVER) == SEP_OK) {
            tell();
        }
    }
    printf("that is all\n");
    (void)sep_system_halt();
    return 1;
}
