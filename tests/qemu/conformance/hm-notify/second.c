// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Another system partition: the reader's looking has it told as well.

#include <check.h>

static uint32_t pending(void)
{
    struct sep_irq_status status = {0};

    (void)sep_irq_status(&status);
    return (status.pending >> SEP_IRQ_HM) & 1u;
}

int main(void)
{
    wait_for_frame(65);
    CHECK_EQUAL("not told", pending(), 0);
    wait_for_frame(80);
    CHECK_EQUAL("told", pending(), 1);
    return 0;
}
