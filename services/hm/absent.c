// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No health monitor: the configured actions are taken, nothing is recorded.

#include <kernel/events.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

enum sep_action hm_event(struct vcpu *vcpu, const struct hal_fault *fault)
{
    return (enum sep_action)config.action[vcpu->partition->config->actions.first + fault->event]
        .action;
}

bool hm_tell(void)
{
    return false;
}

HYPERCALL(hm_raise)
{
    return SEP_UNKNOWN_HYPERCALL;
}

HYPERCALL(hm_status)
{
    return SEP_UNKNOWN_HYPERCALL;
}

HYPERCALL(hm_read)
{
    return SEP_UNKNOWN_HYPERCALL;
}
