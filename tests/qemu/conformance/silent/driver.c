// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Drives the UART alone: what it sends is all that is seen, though partitions write to their consoles.

#include <board_uart.h>
#include <check.h>
#include <string.h>

static void send(const char *text)
{
    for (; *text != '\0'; text++) {
        uint32_t status = 0;

        while ((status & BOARD_UART_READY) == 0u) {
            (void)sep_io_read(BOARD_UART_STATUS, &status);
        }
        (void)sep_io_write(BOARD_UART_DATA, (uint8_t)*text);
    }
}

// Text that looks like a source's of its own, so that the harness finds it.
static void say(const char *text)
{
    send("\x1e[wire] ");
    send(text);
    send("\n");
}

int main(void)
{
    char text[SEP_CONSOLE_WRITE_MAX];
    unsigned written = 0;
    uint32_t control = 0;

    say("PASS the device is mine");
    memset(text, 'x', sizeof(text));
    while (sep_console_write(text, sizeof(text)) == SEP_OK && written < 100u) {
        written++;
        idle(1);
    }
    // 4 KiB: it is never drained.
    say(written == 16u ? "PASS the ring fills" : "FAIL the ring does not fill");
    say(sep_console_write(text, 1) == SEP_NOT_AVAILABLE ? "PASS then not a byte finds room"
                                                        : "FAIL a byte found room");
    say(sep_console_write(text, 0) == SEP_OK ? "PASS but nothing does"
                                             : "FAIL nothing finds no room");
    (void)sep_io_read(BOARD_UART_CONTROL, &control);
    say((control & BOARD_UART_TRANSMIT_INTERRUPT) == 0u ? "PASS nobody wants its interrupt"
                                                        : "FAIL somebody wants its interrupt");
    send("\x1e[septum] halt: as the driver says status 0\n");
    return 0;
}
