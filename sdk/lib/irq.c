// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts.

#include <septum/septum.h>

sep_status_t sep_irq_enable(void)
{
    return sep_call0(SEP_HC_irq_enable);
}

sep_status_t sep_irq_disable(void)
{
    return sep_call0(SEP_HC_irq_disable);
}

sep_status_t sep_irq_mask(uint32_t bits)
{
    return sep_call1(SEP_HC_irq_mask, bits);
}

sep_status_t sep_irq_unmask(uint32_t bits)
{
    return sep_call1(SEP_HC_irq_unmask, bits);
}

sep_status_t sep_irq_clear(uint32_t bits)
{
    return sep_call1(SEP_HC_irq_clear, bits);
}

sep_status_t sep_irq_status(struct sep_irq_status *status)
{
    return sep_call1(SEP_HC_irq_status, (sep_word_t)status);
}

sep_status_t sep_irq_raise(uint32_t ipvi)
{
    return sep_call1(SEP_HC_irq_raise, ipvi);
}
