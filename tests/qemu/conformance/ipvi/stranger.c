// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Nobody's destination, and may raise nothing.

#include <check.h>

int main(void)
{
    struct sep_irq_status status;

    CHECK_STATUS("a stranger may not", sep_irq_raise(0), SEP_NO_PERMISSION);
    CHECK_STATUS("nor this one", sep_irq_raise(7), SEP_NO_PERMISSION);
    idle(6);
    (void)sep_irq_status(&status);
    CHECK_EQUAL("nothing came", status.pending & 0xff00u, 0);
    return 0;
}
