// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor.

#include <septum/septum.h>

sep_status_t sep_hm_raise(uint32_t code, uint32_t value)
{
    return sep_call2(SEP_HC_hm_raise, code, value);
}

sep_status_t sep_hm_status(struct sep_log_status *status)
{
    return sep_call1(SEP_HC_hm_status, (sep_word_t)status);
}

sep_status_t sep_hm_read(uint32_t number, struct sep_hm_record *record)
{
    return sep_call2(SEP_HC_hm_read, number, (sep_word_t)record);
}
