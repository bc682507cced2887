// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// vCPUs of the calling partition.

#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

static struct vcpu *find_vcpu(sep_word_t id)
{
    struct partition *caller = cpu_caller()->partition;

    return id < caller->config->vcpus.count ? &caller->vcpus[id] : NULL;
}

HYPERCALL(vcpu_status)
{
    const struct vcpu *vcpu = find_vcpu(a0);
    struct sep_vcpu_status status;

    if (vcpu == NULL) {
        return SEP_INVALID_PARAM;
    }
    status = (struct sep_vcpu_status){
        .exec_clock = vcpu_executed(vcpu),
        .state = vcpu->state,
        .cpu = vcpu->config->cpu,
    };
    return guest_write(a1, &status, sizeof(status), 8);
}

HYPERCALL(vcpu_start)
{
    struct vcpu *vcpu = find_vcpu(a0);

    if (vcpu == NULL) {
        return SEP_INVALID_PARAM;
    }
    if (config_area(vcpu->partition->config, a1, 4, SEP_AREA_EXECUTE) == NULL || (a1 & 3u) != 0u) {
        return SEP_INVALID_ADDRESS;
    }
    if (vcpu->state != SEP_STATE_HALTED) {
        return SEP_NO_ACTION;
    }
    vcpu_reset(vcpu, a1, a2);
    return SEP_OK;
}

HYPERCALL(vcpu_halt)
{
    struct vcpu *vcpu = find_vcpu(a0);

    if (vcpu == NULL) {
        return SEP_INVALID_PARAM;
    }
    if (vcpu->state == SEP_STATE_HALTED) {
        return SEP_NO_ACTION;
    }
    vcpu_quiet(vcpu);
    vcpu_set_state(vcpu, SEP_STATE_HALTED);
    return SEP_OK;
}

// Between ready and suspended.
static sep_status_t change_state(sep_word_t id, enum sep_state to)
{
    struct vcpu *vcpu = find_vcpu(id);

    if (vcpu == NULL) {
        return SEP_INVALID_PARAM;
    }
    if (vcpu->state == SEP_STATE_HALTED) {
        return SEP_INVALID_MODE;
    }
    if ((vcpu->state == SEP_STATE_SUSPENDED) == (to == SEP_STATE_SUSPENDED)) {
        return SEP_NO_ACTION;
    }
    vcpu_set_state(vcpu, to);
    return SEP_OK;
}

HYPERCALL(vcpu_suspend)
{
    return change_state(a0, SEP_STATE_SUSPENDED);
}

HYPERCALL(vcpu_resume)
{
    return change_state(a0, SEP_STATE_READY);
}
