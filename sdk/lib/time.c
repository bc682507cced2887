// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Timers and idling.

#include "words.h"

#include <septum/septum.h>

sep_status_t sep_set_timer(enum sep_clock clock, sep_time_t expiry, sep_time_t interval)
{
#if UINTPTR_MAX > 0xffffffffu
    return sep_call3(SEP_HC_set_timer, (sep_word_t)clock, expiry, interval);
#else
    return sep_call5(SEP_HC_set_timer, (sep_word_t)clock, sep_word64(expiry, 0),
                     sep_word64(expiry, 1), sep_word64(interval, 0), sep_word64(interval, 1));
#endif
}

sep_status_t sep_idle_self(void)
{
    return sep_call0(SEP_HC_idle_self);
}
