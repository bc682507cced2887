// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The partition's own virtual processors.

#include <septum/septum.h>

sep_status_t sep_vcpu_status(uint32_t vcpu, struct sep_vcpu_status *status)
{
    return sep_call2(SEP_HC_vcpu_status, vcpu, (sep_word_t)status);
}

sep_status_t sep_vcpu_start(uint32_t vcpu, sep_word_t entry, sep_word_t argument)
{
    return sep_call3(SEP_HC_vcpu_start, vcpu, entry, argument);
}

sep_status_t sep_vcpu_halt(uint32_t vcpu)
{
    return sep_call1(SEP_HC_vcpu_halt, vcpu);
}

sep_status_t sep_vcpu_suspend(uint32_t vcpu)
{
    return sep_call1(SEP_HC_vcpu_suspend, vcpu);
}

sep_status_t sep_vcpu_resume(uint32_t vcpu)
{
    return sep_call1(SEP_HC_vcpu_resume, vcpu);
}
