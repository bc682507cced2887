// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plans and the whole system.

#include <septum/septum.h>

sep_status_t sep_plan_switch(uint32_t plan, enum sep_plan_when when)
{
    return sep_call2(SEP_HC_plan_switch, plan, (sep_word_t)when);
}

sep_status_t sep_plan_status(struct sep_plan_status *status)
{
    return sep_call1(SEP_HC_plan_status, (sep_word_t)status);
}

sep_status_t sep_system_status(struct sep_system_status *status)
{
    return sep_call1(SEP_HC_system_status, (sep_word_t)status);
}

sep_status_t sep_system_halt(void)
{
    return sep_call0(SEP_HC_system_halt);
}

sep_status_t sep_system_reset(enum sep_mode mode)
{
    return sep_call1(SEP_HC_system_reset, (sep_word_t)mode);
}
