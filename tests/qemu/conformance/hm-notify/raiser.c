// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An ordinary partition: leaves records at certain frames, and is told of none.

#include <check.h>

// One in each of so many frames.
static void records(uint32_t frame, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        wait_for_frame(frame + i);
        (void)sep_hm_raise(frame, i);
    }
}

int main(void)
{
    static struct sep_hm_record record;
    struct sep_irq_status status = {0};

    records(50, 2);
    records(70, 3);
    records(110, 1);
    idle(2);
    (void)sep_irq_status(&status);
    CHECK_EQUAL("not told", status.pending & SEP_IRQ_BIT(SEP_IRQ_HM), 0);
    // The refusal is a record of its own.
    CHECK_STATUS("may not wait", sep_hm_read_wait(0, &record, SEP_WAIT_FOREVER), SEP_NO_PERMISSION);
    return 0;
}
