// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes every call that a service answers, with zeros, and says what came back.

#include <septum/septum.h>
#include <stdio.h>

#define FAULTY 0u

static const char *const names[] = {
#define CALL_NAME(number, name, arguments) [number] = #name,
    SEP_HYPERCALL_LIST(CALL_NAME)
#undef CALL_NAME
};

int main(void)
{
    struct sep_partition_status faulty = {0};
    uint32_t done = 0;

    for (uint32_t number = SEP_HC_port_open; number < SEP_HC_COUNT; number++) {
        struct sep_batch_call call = {.number = number};

        (void)sep_batch(&call, 1, &done);
        printf("%s %s\n", names[number], sep_status_name((sep_status_t)call.status));
    }
    do {
        (void)sep_idle_self();
        (void)sep_partition_status(FAULTY, &faulty);
    } while (faulty.state != SEP_STATE_HALTED);
    printf("faulty is halted\n");
    return (int)sep_system_halt();
}
