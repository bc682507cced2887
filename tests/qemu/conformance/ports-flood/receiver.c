// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Receives in the midst of it, with the interrupts of both ports on, and computes in the rest of its slots.

#include <check.h>

#define SIZE 64u
#define WORDS (SIZE / sizeof(uint32_t))
#define DEPTH 8u
#define FRAMES 100u
#define START 40u // frame: both are loaded

static uint32_t message[WORDS];
static struct sep_message_info info;
static volatile uint32_t interrupts;

static void on_message(uint32_t irq)
{
    (void)irq;
    interrupts++;
}

static bool is_whole(void)
{
    for (uint32_t i = 1; i < WORDS; i++) {
        if (message[i] != message[0]) {
            return false;
        }
    }
    return info.size == SIZE;
}

// Takes what is in the queue: how many messages, 0 if one is not whole or not the next.
static uint32_t take(uint32_t *last)
{
    uint32_t count = 0;

    while (sep_queuing_receive(1, message, SIZE, &info) == SEP_OK) {
        if (!is_whole() || message[0] != *last + 1u) {
            return 0;
        }
        *last = message[0];
        count++;
    }
    return count;
}

// A millisecond of computing takes little more than that: nobody sends while it runs.
static bool computes(void)
{
    sep_time_t start = now(SEP_CLOCK_HW);
    sep_time_t executed = now(SEP_CLOCK_EXEC);

    while (now(SEP_CLOCK_EXEC) - executed < 1 * MS) {
    }
    return now(SEP_CLOCK_HW) - start < 2 * MS;
}

int main(void)
{
    struct sep_queuing_status queue = {0};
    struct sep_partition_status sender = {0};
    uint32_t last = 0;
    uint32_t wrong = 0;
    uint32_t before;

    wait_for_frame(START);
    (void)rt_irq_handler(SEP_IRQ_SAMPLING, on_message);
    (void)rt_irq_handler(SEP_IRQ_QUEUING, on_message);
    rt_irq_on();
    for (uint32_t frame = 0; frame < FRAMES; frame++) {
        (void)sep_idle_self();
        while (interrupts == 0u) { // of the frame before it
            (void)sep_idle_self();
        }
        wrong += take(&last) != DEPTH;
        wrong += sep_sampling_read(0, message, SIZE, &info) != SEP_OK || !is_whole();
        wrong += !computes();
        before = interrupts;
        wrong += !computes() || interrupts != before; // nothing comes in its own slot
        wrong += interrupts > 2u;
        interrupts = 0;
    }
    CHECK_EQUAL("every slot was its own", wrong, 0);
    CHECK_EQUAL("messages came once, in order", last, FRAMES * DEPTH);
    CHECK_STATUS("status of the queue", sep_queuing_status(1, &queue), SEP_OK);
    CHECK("all that was refused is counted", queue.refused > FRAMES && queue.expired == 0u);
    CHECK_STATUS("status of the sender", sep_partition_status(0, &sender), SEP_OK);
    CHECK("who was told each time", sender.event_count == queue.refused);
    CHECK_STATUS("the end", sep_partition_halt(0), SEP_OK);
    return 0;
}
