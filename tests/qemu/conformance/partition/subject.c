// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs, and halts itself when it is asked to shut down.

#include <check.h>

static void on_shutdown(uint32_t irq)
{
    (void)irq;
    printf("asked to shut down\n");
    (void)sep_partition_halt(SEP_SELF);
}

int main(void)
{
    struct sep_partition_status status;

    (void)sep_partition_status(SEP_SELF, &status);
    printf("reset %u, code %u, %s\n", (unsigned)status.reset_count, (unsigned)status.reset_code,
           status.mode == SEP_MODE_COLD ? "cold" : (status.mode == SEP_MODE_WARM ? "warm" : "?"));
    (void)rt_irq_handler(SEP_IRQ_SHUTDOWN, on_shutdown);
    rt_irq_on();
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    for (;;) {
    }
}
