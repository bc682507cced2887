// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Several calls in one trap.

#include <check.h>
#include <string.h>

static struct sep_batch_call calls[SEP_BATCH_MAX + 1u];
static volatile unsigned taken;

static void on_timer(uint32_t irq)
{
    (void)irq;
    taken++;
}

static void clear(void)
{
    memset(calls, 0, sizeof(calls)); // number 0 is the null call
    for (uint32_t i = 0; i <= SEP_BATCH_MAX; i++) {
        calls[i].status = 99;
    }
}

static void in_order(void)
{
    sep_time_t times[3] = {0};
    uint32_t done = 99;

    clear();
    for (uint32_t i = 0; i < 3u; i++) {
        calls[i].number = SEP_HC_get_time;
        calls[i].args[0] = SEP_CLOCK_HW;
        calls[i].args[1] = (uintptr_t)&times[i];
    }
    CHECK_STATUS("three calls", sep_batch(calls, 3, &done), SEP_OK);
    CHECK_EQUAL("all done", done, 3);
    CHECK("in order", times[0] != 0u && times[0] < times[1] && times[1] < times[2]);
    CHECK("each has its status", calls[0].status == SEP_OK && calls[2].status == SEP_OK);
    CHECK_EQUAL("the fourth was not made", (uint64_t)calls[3].status, 99);
}

static void words(void)
{
    uint32_t done;

    clear();
    calls[0].number = SEP_HC_set_timer;
    calls[0].args[0] = SEP_CLOCK_HW;
    // Above 2^32 ns in any case, so that both halves count.
    (void)sep_batch_arg64(&calls[0], sep_batch_arg64(&calls[0], 1, now(SEP_CLOCK_HW) + 20 * MS), 0);
    taken = 0;
    CHECK_STATUS("64-bit arguments", sep_batch(calls, 1, &done), SEP_OK);
    CHECK_EQUAL("not expired yet", taken, 0);
    idle(4);
    CHECK_EQUAL("expired", taken, 1);
}

static void stops(void)
{
    uint32_t done = 99;

    clear();
    calls[1].number = SEP_HC_partition_resume;
    calls[1].args[0] = SEP_SELF;
    CHECK_STATUS("one fails", sep_batch(calls, 4, &done), SEP_BATCH_ERROR);
    CHECK_EQUAL("done up to that one", done, 1);
    CHECK_STATUS("its status", calls[1].status, SEP_NO_ACTION);
    CHECK_EQUAL("the next was not made", (uint64_t)calls[2].status, 99);
}

static void limits(void)
{
    uint32_t done = 99;

    clear();
    CHECK_STATUS("no call", sep_batch(calls, 0, &done), SEP_OK);
    CHECK_EQUAL("none done", done, 0);
    CHECK_STATUS("as many as allowed", sep_batch(calls, SEP_BATCH_MAX, &done), SEP_OK);
    CHECK_EQUAL("all of them done", done, SEP_BATCH_MAX);
    CHECK_STATUS("one too many", sep_batch(calls, SEP_BATCH_MAX + 1u, &done), SEP_INVALID_PARAM);
    CHECK_STATUS("far too many", sep_batch(calls, 0xffffffff, &done), SEP_INVALID_PARAM);
    clear();
    calls[0].number = SEP_HC_batch;
    CHECK_STATUS("a batch in a batch", sep_batch(calls, 1, &done), SEP_BATCH_ERROR);
    CHECK_STATUS("is refused", calls[0].status, SEP_INVALID_PARAM);
    clear();
    calls[0].number = SEP_HC_COUNT;
    CHECK_STATUS("an unknown number", sep_batch(calls, 1, &done), SEP_BATCH_ERROR);
    CHECK_STATUS("is unknown", calls[0].status, SEP_UNKNOWN_HYPERCALL);
}

static void addresses(void)
{
    struct sep_batch_call *odd = (struct sep_batch_call *)((uintptr_t)calls + 4u);
    uint32_t done = 99;

    clear();
    CHECK_STATUS("calls nowhere", sep_batch(NULL, 1, &done), SEP_INVALID_ADDRESS);
    CHECK_STATUS("calls misaligned", sep_batch(odd, 1, &done), SEP_INVALID_ADDRESS);
    CHECK_STATUS("calls at the end of memory",
                 sep_batch((struct sep_batch_call *)(area_end("ram") - 40u), 1, &done),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("done nowhere", sep_batch(calls, 1, NULL), SEP_INVALID_ADDRESS);
    CHECK_EQUAL("then nothing is made", (uint64_t)calls[0].status, 99);
}

static void interrupted(void)
{
    uint32_t done = 99;

    clear();
    calls[0].number = SEP_HC_idle_self;
    CHECK_STATUS("who idles loses the batch", sep_batch(calls, 4, &done), SEP_NOT_AVAILABLE);
    CHECK_EQUAL("behind that call", done, 1);
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    in_order();
    words();
    stops();
    limits();
    addresses();
    idle(1);
    interrupted();
    return 0;
}
