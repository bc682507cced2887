// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No health monitor: the configured actions are taken, nothing is recorded.

#include <kernel/config.h>
#include <kernel/events.h>
#include <kernel/hypercall.h>
#include <septum/build_info.h>

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_hm_record", .value = 0},
};

bool hm_init(void)
{
    return config.system->log_records == 0u;
}

void hm_event(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action)
{
    (void)vcpu;
    (void)fault;
    (void)action;
}

void hm_break_locks(void)
{
}

bool hm_tell(void)
{
    return false;
}

HYPERCALL(hm_raise)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(hm_status)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(hm_read)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}
