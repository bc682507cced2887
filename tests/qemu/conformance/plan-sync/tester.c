// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes the console's UART interrupt with each byte sent, or not: the frames of its plan begin with that.

#include <board_uart.h>
#include <check.h>

#define FRAME (5 * MS)
#define WAIT (3 * MS)
// From the end of a frame to the interrupt that is there already.
#define LATE (20 * US)

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status;
}

// The time between two begins of frames, the first with an interrupt on its way or without.
static sep_time_t next_frame(bool interrupt)
{
    sep_time_t start = plan().frame_start;

    if (interrupt) {
        (void)sep_io_write(BOARD_UART_CONTROL, BOARD_UART_TRANSMIT_INTERRUPT);
        printf("noise\n");
    }
    idle(1);
    if (interrupt) {
        (void)sep_io_write(BOARD_UART_CONTROL, 0);
        board_uart_sent();
    }
    return plan().frame_start - start;
}

int main(void)
{
    struct sep_plan_status status;
    sep_time_t early[2];
    sep_time_t missing[2];
    sep_time_t time;

    board_uart_sent();
    idle(20); // all is told
    CHECK_EQUAL("frames follow each other", next_frame(false), FRAME);
    (void)sep_plan_switch(1, SEP_PLAN_AT_FRAME_END);
    idle(1);
    status = plan();
    for (unsigned i = 0; i < 2u; i++) {
        early[i] = next_frame(true);
        missing[i] = next_frame(false);
    }
    (void)sep_plan_switch(0, SEP_PLAN_AT_FRAME_END);
    time = next_frame(false);
    CHECK_EQUAL("the first one waits, too", status.frame_start, status.switch_time + WAIT);
    CHECK_EQUAL("it is the plan's first", status.plan_frame, 1);
    CHECK("with an interrupt it begins", early[0] >= FRAME && early[0] < FRAME + LATE);
    CHECK_EQUAL("without one when it has waited", missing[0], FRAME + WAIT);
    CHECK("again with one", early[1] >= FRAME && early[1] < FRAME + LATE);
    CHECK_EQUAL("again without", missing[1], FRAME + WAIT);
    CHECK_EQUAL("back without a wait", time, FRAME);
    return 0;
}
