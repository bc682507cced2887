// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Batches of readings of the clock, over and over, so that slots end and a timer expires in the middle.

#include <check.h>

static struct sep_batch_call calls[SEP_BATCH_MAX];
static sep_time_t times[SEP_BATCH_MAX];
static volatile unsigned ticks;

static void on_timer(uint32_t irq)
{
    (void)irq;
    ticks++;
}

static void prepare(void)
{
    for (uint32_t i = 0; i < SEP_BATCH_MAX; i++) {
        calls[i] = (struct sep_batch_call){.number = SEP_HC_get_time, .status = 99};
        calls[i].args[0] = SEP_CLOCK_HW;
        calls[i].args[1] = (uintptr_t)&times[i];
        times[i] = 0;
    }
}

static bool ascending(uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1u; i < end; i++) {
        if (times[i] <= times[i - 1u]) {
            return false;
        }
    }
    return true;
}

static bool untouched(uint32_t first)
{
    for (uint32_t i = first; i < SEP_BATCH_MAX; i++) {
        if (calls[i].status != 99 || times[i] != 0u) {
            return false;
        }
    }
    return true;
}

static bool done_well(uint32_t end)
{
    for (uint32_t i = 0; i < end; i++) {
        if (calls[i].status != SEP_OK || times[i] == 0u) {
            return false;
        }
    }
    return ascending(0, end);
}

// Until a batch has been cut short. Answers how many calls it had done.
static uint32_t cut(void)
{
    for (unsigned tries = 0; tries < 1000u; tries++) {
        uint32_t done = 99;
        sep_status_t status;

        prepare();
        status = sep_batch(calls, SEP_BATCH_MAX, &done);
        if (status == SEP_NOT_AVAILABLE) {
            return done;
        }
        if (status != SEP_OK || done != SEP_BATCH_MAX || !done_well(done)) {
            printf("FAIL %s after %u\n", sep_status_name(status), (unsigned)done);
        }
    }
    return 0;
}

static void by_slot_end(void)
{
    struct sep_plan_status plan = {0};
    uint32_t done;
    uint32_t rest = 0;
    sep_time_t back;

    uint32_t last;
    sep_status_t status;
    bool well;
    bool rest_untouched;

    idle(1);
    done = cut();
    back = now(SEP_CLOCK_HW);
    (void)sep_plan_status(&plan);
    well = done_well(done);
    rest_untouched = untouched(done);
    last = done != 0u ? done - 1u : 0u;
    status = sep_batch(&calls[done], SEP_BATCH_MAX - done, &rest);
    CHECK("cut short at the end of a slot", done > 0u && done < SEP_BATCH_MAX);
    CHECK("what was done was done well", well);
    CHECK("and the rest not at all", rest_untouched);
    CHECK("before the end of the slot",
          plan.frame_start - times[last] > 1 * MS && plan.frame_start - times[0] < 2 * MS);
    CHECK("back in the next one", back > plan.frame_start);
    CHECK_STATUS("the rest", status, SEP_OK);
    CHECK_EQUAL("all of it", rest, SEP_BATCH_MAX - done);
    CHECK("in order", done_well(SEP_BATCH_MAX));
}

static void by_timer(void)
{
    sep_time_t expiry;
    uint32_t done = 99;

    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    idle(1);
    prepare();
    expiry = now(SEP_CLOCK_HW) + 60 * US;
    (void)sep_set_timer(SEP_CLOCK_HW, expiry, 0);
    CHECK_STATUS("a timer in the middle", sep_batch(calls, SEP_BATCH_MAX, &done),
                 SEP_NOT_AVAILABLE);
    CHECK_EQUAL("its interrupt came", ticks, 1);
    CHECK("some were done", done > 0u && done < SEP_BATCH_MAX && done_well(done));
    CHECK("the rest not", untouched(done));
    CHECK("it came between two calls", times[done - 1u] < expiry + 20 * US);
    (void)sep_irq_mask(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    idle(1);
    prepare();
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 60 * US, 0);
    CHECK_STATUS("masked it does not stop a batch", sep_batch(calls, SEP_BATCH_MAX, &done), SEP_OK);
    CHECK("which is all done", done == SEP_BATCH_MAX && done_well(done));
}

int main(void)
{
    wait_for_frame(60);
    by_slot_end();
    by_timer();
    return 0;
}
