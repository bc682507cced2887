// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has one bit of the control register of the console's device, whose others are the hypervisor's. It sets it,
// clears it, and finds it so whatever the hypervisor sends meanwhile.

#include <board_uart.h>
#include <check.h>

static uint32_t control(void)
{
    uint32_t value = 0;

    (void)sep_io_read(BOARD_UART_CONTROL, &value);
    return value;
}

static bool stays(uint32_t bit)
{
    bool same = true;

    for (unsigned frame = 0; frame < 20u; frame++) {
        same = same && (control() & BOARD_UART_RECEIVE_INTERRUPT) == bit &&
               (control() & BOARD_UART_TRANSMITTER) == BOARD_UART_TRANSMITTER;
        printf("text that has to wait, because it is longer than what is sent at once\n");
        same = same && (control() & BOARD_UART_RECEIVE_INTERRUPT) == bit;
        idle(1);
    }
    return same;
}

int main(void)
{
    uint32_t before = control();

    CHECK_EQUAL("clear at first", before & BOARD_UART_RECEIVE_INTERRUPT, 0);
    CHECK_STATUS("set it", sep_io_write(BOARD_UART_CONTROL, 0xffffffffu), SEP_OK);
    CHECK("only it",
          (control() & ~BOARD_UART_TRANSMIT_INTERRUPT) ==
              ((before & ~BOARD_UART_TRANSMIT_INTERRUPT) | BOARD_UART_RECEIVE_INTERRUPT));
    CHECK("it stays set", stays(BOARD_UART_RECEIVE_INTERRUPT));
    CHECK_STATUS("clear it", sep_io_write(BOARD_UART_CONTROL, 0), SEP_OK);
    CHECK("it stays clear", stays(0));
    return 0;
}
