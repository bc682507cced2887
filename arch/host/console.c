// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// A UART that takes 87 us a character (115200 baud, 10 bits) and holds one.

#include <arch/host.h>

#include <hal/console.h>

void hal_console_init(void)
{
    host.uart_wanted = false;
}

bool hal_console_put(uint8_t byte)
{
    if (host.console_absent || host.ticks < host.uart_free) {
        host_pass(host_ticks(
            1000)); // a look at a busy device takes time, or a loop of them would not end
        return false;
    }
    if (host.console_size < HOST_CONSOLE_MAX) {
        host.console[host.console_size++] = (char)byte;
        host.console[host.console_size] = '\0';
    }
    host.uart_free = host.ticks + host_ticks(host.uart_ns);
    host.uart_reported = false;
    return true;
}

void hal_console_irq(bool wanted)
{
    host.uart_wanted = wanted;
    host.uart_reported = false;
}

bool host_uart_due(void)
{
    return host.uart_wanted && !host.uart_reported && !host.console_absent &&
           host.ticks >= host.uart_free;
}
