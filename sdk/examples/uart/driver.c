// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Receives a line through the UART's interrupt. The device's registers are not mapped: each access
// is a hypercall that the hypervisor checks, because other registers of the same device are its own.
//
// Where the registers lie, and which line the device has, differs from board to board: the
// customisation file `uart` says so.

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sep_word_t data_register;
static sep_word_t status_register;
static sep_word_t control_register;
static uint32_t status_mask;     // these bits of the status
static uint32_t status_received; // are so when a byte has been received

static char line[64];
static volatile size_t used;
static volatile unsigned interrupts;

// Value of "key=value" in the customisation file.
static sep_word_t parameter(const char *key)
{
    const struct sep_info_file *file = sep_info_file("uart");
    // The file is mapped with zeros behind it, so it is a text.
    const char *at = strstr((const char *)(uintptr_t)file->address, key);

    return at == NULL ? 0u : strtoul(at + strlen(key) + 1, NULL, 0);
}

static void receive(void)
{
    uint32_t status = 0;
    uint32_t data = 0;

    while (sep_io_read(status_register, &status) == SEP_OK &&
           (status & status_mask) == status_received) {
        if (sep_io_read(data_register, &data) == SEP_OK && used < sizeof(line) - 1u) {
            line[used++] = (char)data;
        }
    }
}

static void on_interrupt(uint32_t irq)
{
    (void)irq;
    interrupts++;
    receive();
}

int main(void)
{
    int irq = sep_info_irq((uint32_t)parameter("line"));

    data_register = parameter("data");
    status_register = parameter("status");
    control_register = parameter("control");
    status_mask = (uint32_t)parameter("mask");
    status_received = (uint32_t)parameter("received");
    printf("line %s\n", irq == SEP_IRQ_DEVICE_FIRST ? "is mine" : "IS NOT MINE");
    printf("writing data: %s\n", sep_status_name(sep_io_write(data_register, 'X')));
    printf("control: %s\n",
           sep_status_name(sep_io_write(control_register, (uint32_t)parameter("interrupt"))));
    (void)rt_irq_handler((uint32_t)irq, on_interrupt);
    rt_irq_off();
    receive(); // what came before the interrupt was on
    rt_irq_on();
    printf("ready\n");
    while (used == 0u || line[used - 1u] != '\n') {
        (void)sep_idle_self();
    }
    line[used - 1u] = '\0';
    printf("received \"%s\"%s\n", line, interrupts != 0u ? " by interrupt" : "");
    return 0;
}
