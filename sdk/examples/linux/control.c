// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The first real-time partition: answers each request that Linux rings for, reports to the monitor in each of its
// slots, and ends the system when Linux has powered itself off.

#include "exchange.h"

#include "slots.h"

#define LINUX 1u ///< its partition
#define FAREWELL                                                                                   \
    2 ///< slots after the last report, in which the monitor answers and its text comes out

static struct exchange *exchange;

// Looks once in each slot whether Linux has asked: its doorbell is masked, so that all slots begin alike. The size is
// read once: Linux could change it meanwhile.
static void answer(void)
{
    uint32_t asked = exchange->asked;
    uint32_t size = exchange->size;

    exchange_barrier();
    if (asked == exchange->answered || size > sizeof(exchange->request)) {
        return;
    }
    for (uint32_t i = 0; i < size / 4u; i++) {
        exchange->answer[i] = exchange_answer(exchange->request[i]);
    }
    exchange_barrier();
    exchange->answered = asked;
    (void)sep_irq_raise(EXCHANGE_BELL);
}

static uint32_t linux_state(void)
{
    struct sep_partition_status status = {.state = SEP_STATE_LOADING};

    (void)sep_partition_status(LINUX, &status);
    return status.state;
}

static uint32_t to_monitor, from_monitor;
static uint32_t reports, answers;

static void exchange_reports(uint32_t state)
{
    struct report report = {.number = ++reports,
                            .answered = exchange->answered,
                            .last = state == SEP_STATE_HALTED ? 1u : 0u,
                            .linux_runs = state == SEP_STATE_READY ? 1u : 0u};
    struct report back = {0};
    struct sep_message_info info;

    (void)sep_queuing_send(to_monitor, &report, sizeof(report));
    while (sep_queuing_receive(from_monitor, &back, sizeof(back), &info) == SEP_OK) {
        answers += back.number == answers + 1u ? 1u : 0u;
    }
}

int main(void)
{
    uint32_t state = SEP_STATE_LOADING;

    exchange = (struct exchange *)(uintptr_t)sep_info_area("exchange")->address;
    (void)sep_irq_mask(SEP_IRQ_BIT(SEP_IRQ_IPVI_FIRST + EXCHANGE_BELL));
    (void)sep_queuing_create("report", SEP_PORT_SOURCE, sizeof(struct report), 4, &to_monitor);
    (void)sep_queuing_create("answer", SEP_PORT_DESTINATION, sizeof(struct report), 4,
                             &from_monitor);
    printf("control is up\n");
    slots_init(0);
    while (state != SEP_STATE_HALTED) {
        slots_next(state == SEP_STATE_READY);
        state = linux_state();
        answer();
        exchange_reports(state);
    }
    printf("Linux has ended, %u requests answered\n", (unsigned)exchange->answered);
    printf("%u of %u reports came back\n", (unsigned)answers, (unsigned)reports);
    slots_print();
    for (int i = 0; i < FAREWELL; i++) {
        slots_next(false);
    }
    (void)sep_system_halt();
    return 0;
}
