// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Receives a line by interrupts. Each comes in its own slots, masked and disabled in the handler.

#include <board_uart.h>
#include <check.h>
#include <string.h>

static char line[64];
static volatile unsigned used;
static volatile unsigned interrupts;
static volatile unsigned wrong;

static void receive(void)
{
    uint32_t status = 0;
    uint32_t data = 0;

    while (sep_io_read(BOARD_UART_STATUS, &status) == SEP_OK && board_uart_received(status) &&
           used < sizeof(line) - 1u) {
        (void)sep_io_read(BOARD_UART_DATA, &data);
        line[used++] = (char)data;
    }
}

static void on_interrupt(uint32_t irq)
{
    struct sep_irq_status status = {0};
    struct sep_plan_status plan = {0};

    interrupts++;
    (void)sep_irq_status(&status);
    (void)sep_plan_status(&plan);
    if (irq != (uint32_t)SEP_IRQ_DEVICE_FIRST || status.enabled != 0u ||
        (status.masked & SEP_IRQ_BIT(irq)) == 0u || (status.pending & SEP_IRQ_BIT(irq)) != 0u ||
        (plan.slot_id != 0u && plan.slot_id != 2u)) {
        wrong++;
    }
    receive();
}

int main(void)
{
    struct sep_irq_status status = {0};

    CHECK_EQUAL("the line is mine", (uint32_t)sep_info_irq(BOARD_UART_LINE), SEP_IRQ_DEVICE_FIRST);
    CHECK_STATUS("interrupts on", sep_io_write(BOARD_UART_CONTROL, BOARD_UART_RECEIVE_INTERRUPT),
                 SEP_OK);
    rt_irq_off();
    (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
    receive();
    rt_irq_on();
    printf("ready\n");
    while (used == 0u || line[used - 1u] != '\n') {
        (void)sep_idle_self();
    }
    line[used - 1u] = '\0';
    (void)sep_irq_status(&status);
    CHECK("what was sent", strcmp(line, "0123456789 portable") == 0);
    CHECK("by interrupts", interrupts > 0u);
    CHECK_EQUAL("each as it should be", wrong, 0);
    CHECK_EQUAL("unmasked again", status.masked & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST), 0);
    return 0;
}
