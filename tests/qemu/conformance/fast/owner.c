// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Owns the fast line, and judges when its interrupts came.

#include "work.h"

#define SOON (100 * US) ///< a step of computing and the interrupt

static void on_interrupt(uint32_t irq)
{
    sep_time_t time = now(SEP_CLOCK_HW);
    sep_time_t start;
    uint32_t n = frame(&start);

    (void)irq;
    for (uint32_t i = 0; i < COUNT; i++) {
        if (mail()->raiser[i] != NOBODY && mail()->handled[i] == 0) {
            mail()->handled[i] = time;
        }
    }
    if ((int32_t)n >= (int32_t)COUNT) {
        mail()->stormed++;
    }
}

static bool was_at_once(uint32_t n)
{
    return mail()->handled[n] - mail()->raised[n] < SOON;
}

// Of all interrupts that came while somebody computed: how many, and how many were not delivered as they shall.
static void judge(enum raiser raiser, bool (*is_right)(uint32_t n), const char *came,
                  const char *right)
{
    uint32_t count = 0;
    uint32_t wrong = 0;

    for (uint32_t i = 0; i < COUNT; i++) {
        if (mail()->raiser[i] == (uint32_t)raiser) {
            count++;
            wrong += is_right(i) ? 0u : 1u;
        }
    }
    CHECK(came, count >= 3u);
    CHECK_EQUAL(right, wrong, 0);
}

// At the beginning of the pool's next slot.
static bool was_in_next_slot(uint32_t n)
{
    struct sep_plan_status plan = {0};

    (void)sep_plan_status(&plan);
    return (mail()->handled[n] - plan.frame_start % FRAME) % FRAME < SOON;
}

// When the raiser had lost the processor; the slot may have ended.
static bool was_kept(uint32_t n)
{
    return mail()->handled[n] - mail()->raised[n] <= mail()->kept[n] + 2u * SOON ||
           was_in_next_slot(n);
}

static sep_time_t longest_kept(void)
{
    sep_time_t longest = 0;

    for (uint32_t i = 0; i < COUNT; i++) {
        if (mail()->raiser[i] == SOLID && mail()->kept[i] > longest) {
            longest = mail()->kept[i];
        }
    }
    return longest;
}

int main(void)
{
    sep_time_t start;

    (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
    rt_irq_on();
    while ((int32_t)frame(&start) < (int32_t)(COUNT + STORM) + 2) {
        (void)sep_idle_self();
    }
    judge(BUSY, was_at_once, "some came beside best effort", "each was taken at once");
    judge(REAL_TIME, was_at_once, "some came in a job", "each preempted it at once");
    judge(SOLID, was_kept, "some came beside who is not preempted",
          "each came when that one's turn had ended");
    CHECK("who kept the processor", longest_kept() > 500 * US);
    judge(OUTSIDE, was_in_next_slot, "some came in another slot",
          "each at the beginning of the next one");
    CHECK("a storm", mail()->stormed > 10u * STORM);
    CHECK("takes no more than its share", mail()->stormed < 70u * STORM);
    (void)sep_system_halt();
    return 0;
}
