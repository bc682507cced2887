// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Between a device and two channels: a line that the UART receives is a message of the channel up, a
// message of the channel down is a line that goes out.

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 32u // of a message, as in the description
#define DEPTH 8u

static sep_word_t data_register;
static sep_word_t status_register;
static uint32_t status_mask;     // these bits of the status
static uint32_t status_received; // are so when a byte has been received

static char line[SIZE];
static size_t used;
static uint32_t up;
static uint32_t down;

// Value of "key=value" in the customisation file.
static sep_word_t parameter(const char *key)
{
    const struct sep_info_file *file = sep_info_file("uart");
    const char *at = strstr((const char *)(uintptr_t)file->address, key);

    return at == NULL ? 0u : strtoul(at + strlen(key) + 1, NULL, 0);
}

// What comes from outside is not to be trusted: no line is longer than a message, and what finds no
// room in the queue is counted there and lost, rather than kept from being received.
static void take(char byte)
{
    if (byte != '\n') {
        line[used] = byte;
        used += used < SIZE - 1u ? 1u : 0u;
        return;
    }
    line[used] = '\0';
    (void)sep_queuing_send(up, line, used + 1u);
    used = 0;
}

static void receive(uint32_t irq)
{
    uint32_t status = 0;
    uint32_t data = 0;

    (void)irq;
    while (sep_io_read(status_register, &status) == SEP_OK &&
           (status & status_mask) == status_received) {
        if (sep_io_read(data_register, &data) == SEP_OK) {
            take((char)data);
        }
    }
}

int main(void)
{
    char message[SIZE];
    struct sep_message_info info;
    uint32_t irq = (uint32_t)sep_info_irq((uint32_t)parameter("line"));

    data_register = parameter("data");
    status_register = parameter("status");
    status_mask = (uint32_t)parameter("mask");
    status_received = (uint32_t)parameter("received");
    (void)sep_queuing_create("from-ground", SEP_PORT_SOURCE, SIZE, DEPTH, &up);
    (void)sep_queuing_create("to-ground", SEP_PORT_DESTINATION, SIZE, DEPTH, &down);
    (void)sep_io_write(parameter("control"), (uint32_t)parameter("interrupt"));
    (void)rt_irq_handler(irq, receive);
    receive(irq); // what came before the interrupt was on
    rt_irq_on();
    printf("ready\n");
    // The UART's interrupt is taken while this waits. This board has one UART, whose sending side is the
    // hypervisor's console: so a line goes out as this partition's text.
    do {
        (void)sep_queuing_receive_wait(down, message, SIZE, &info, SEP_WAIT_FOREVER);
        printf("%s\n", message);
    } while (strcmp(message, "bye") != 0);
    return 0;
}
