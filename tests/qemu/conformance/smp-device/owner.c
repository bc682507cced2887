// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// On the second processor: has the clock of the day (PL031) interrupt it, which it does at once when the time to
// match is now.

#include <check.h>

#define RTC_DATA 0x09010000u
#define RTC_MATCH 0x09010004u
#define RTC_MASK 0x09010010u
#define RTC_CLEAR 0x0901001cu
#define TIMES 20u
/// More frames than anything here takes.
#define FRAMES 500u

static volatile uint32_t interrupts;

static void on_match(uint32_t irq)
{
    (void)irq;
    interrupts++;
    (void)sep_io_write(RTC_CLEAR, 1);
}

static uint32_t frame(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status.frame_count;
}

int main(void)
{
    uint32_t until = frame() + FRAMES;

    (void)sep_io_write(RTC_CLEAR, 1);
    CHECK_STATUS("the device may interrupt", sep_io_write(RTC_MASK, 1), SEP_OK);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_DEVICE_FIRST, on_match);
    rt_irq_on();
    for (uint32_t i = 1; i <= TIMES && frame() <= until; i++) {
        while (interrupts < i && frame() <= until) {
            uint32_t now = 0;

            (void)sep_io_read(RTC_DATA, &now);
            (void)sep_io_write(RTC_MATCH, now);
        }
    }
    CHECK("it does, here", interrupts >= TIMES && frame() <= until);
    (void)sep_system_halt();
    return 0;
}
