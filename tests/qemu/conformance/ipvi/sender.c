// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Raises inter-partition virtual interrupts.

#include <check.h>

int main(void)
{
    idle(2);
    CHECK_STATUS("to one", sep_irq_raise(0), SEP_OK);
    idle(1);
    CHECK_STATUS("to two", sep_irq_raise(7), SEP_OK);
    CHECK_STATUS("to two, pending already", sep_irq_raise(7), SEP_OK);
    idle(1);
    CHECK_STATUS("not in the description", sep_irq_raise(1), SEP_NO_PERMISSION);
    CHECK_STATUS("no such number", sep_irq_raise(8), SEP_INVALID_PARAM);
    CHECK_STATUS("no such number at all", sep_irq_raise(0xffffffff), SEP_INVALID_PARAM);
    return 0;
}
