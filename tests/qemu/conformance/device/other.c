// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Unmasks everything and gets nothing of the device.

#include <board_uart.h>
#include <check.h>

static volatile unsigned taken;

static void on_any(uint32_t irq)
{
    (void)irq;
    taken++;
}

int main(void)
{
    struct sep_partition_status owner = {0};
    uint32_t value = 0;

    CHECK_EQUAL("the line is not mine", (uint32_t)sep_info_irq(BOARD_UART_LINE), (uint32_t)-1);
    CHECK_STATUS("nor the data", sep_io_read(BOARD_UART_DATA, &value), SEP_NO_PERMISSION);
    for (uint32_t irq = (uint32_t)SEP_IRQ_DEVICE_FIRST; irq < (uint32_t)SEP_IRQ_COUNT; irq++) {
        (void)rt_irq_handler(irq, on_any);
    }
    rt_irq_on();
    do {
        (void)sep_partition_status(0, &owner);
    } while (owner.state != SEP_STATE_HALTED);
    CHECK_EQUAL("no interrupt", taken, 0);
    return 0;
}
