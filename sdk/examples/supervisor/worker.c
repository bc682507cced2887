// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Works, and ends in order when it is asked to. It may not do to others what is done to it.

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

static volatile bool shutdown;

static void on_shutdown(uint32_t irq)
{
    (void)irq;
    shutdown = true;
}

int main(void)
{
    struct sep_partition_status status = {0};

    shutdown = false; // a warm reset keeps it
    (void)sep_partition_status(SEP_SELF, &status);
    printf("%s start\n", status.mode == SEP_MODE_WARM ? "warm" : "cold");
    if (status.reset_count == 0u) {
        printf("I suspend the supervisor: %s\n", sep_status_name(sep_partition_suspend(0)));
    }
    (void)rt_irq_handler(SEP_IRQ_SHUTDOWN, on_shutdown);
    rt_irq_on();
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    while (!shutdown) {
        (void)sep_idle_self();
    }
    printf("shut down in order\n");
    return 0;
}
