// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Real-time vCPUs in pools.

#include <septum/septum.h>

sep_status_t sep_periodic_wait(void)
{
    return sep_call0(SEP_HC_periodic_wait);
}

sep_status_t sep_periodic_status(sep_word_t partition, uint32_t vcpu,
                                 struct sep_periodic_status *status)
{
    return sep_call3(SEP_HC_periodic_status, partition, vcpu, (sep_word_t)status);
}

sep_status_t sep_periodic_start(sep_word_t partition, uint32_t vcpu)
{
    return sep_call2(SEP_HC_periodic_start, partition, vcpu);
}

sep_status_t sep_periodic_stop(sep_word_t partition, uint32_t vcpu)
{
    return sep_call2(SEP_HC_periodic_stop, partition, vcpu);
}
