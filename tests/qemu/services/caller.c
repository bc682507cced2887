// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes every call that a service answers, with zeros, and says what came back, and whether a call that
// does not exist was an event.

#include <septum/septum.h>
#include <stdio.h>

#define FAULTY 0u
#define CALLER 1u

static const char *const names[] = {
#define CALL_NAME(number, name, arguments) [number] = #name,
    SEP_HYPERCALL_LIST(CALL_NAME)
#undef CALL_NAME
};

int main(void)
{
    struct sep_partition_status faulty = {0};
    struct sep_partition_status own = {0};
    uint32_t events = 0;
    uint32_t done = 0;

    for (uint32_t number = SEP_HC_port_open; number < SEP_HC_COUNT; number++) {
        struct sep_batch_call call = {.number = number};

        (void)sep_batch(&call, 1, &done);
        printf("%s %s\n", names[number], sep_status_name((sep_status_t)call.status));
        events += (sep_status_t)call.status == SEP_UNKNOWN_HYPERCALL ? 1u : 0u; // illegal-hypercall
        events += number == SEP_HC_hm_raise && (sep_status_t)call.status == SEP_OK ? 1u : 0u;
    }
    (void)sep_partition_status(CALLER, &own);
    printf("%s\n", own.event_count == events ? "each is an event" : "events are missing");
    do {
        (void)sep_idle_self();
        (void)sep_partition_status(FAULTY, &faulty);
    } while (faulty.state != SEP_STATE_HALTED);
    printf("faulty is halted\n");
    return (int)sep_system_halt();
}
