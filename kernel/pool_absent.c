// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No pools: a description with one does not boot, the calls of real-time vCPUs do not exist.

#include <kernel/config.h>
#include <kernel/hypercall.h>
#include <kernel/pool.h>
#include <septum/build_info.h>

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_pool", .value = 0},
    {.key = "sizeof_pool_task", .value = 0},
};

const char *config_check_pools(void)
{
    return config.header->sections[SEP_CFG_TYPE_pool].count == 0u
               ? NULL
               : "pools are left out of this hypervisor";
}

const char *pool_init(void)
{
    return NULL;
}

// No slot is a pool's.
bool pool_leave(struct cpu *cpu)
{
    (void)cpu;
    return true;
}

void pool_forget(struct vcpu *vcpu)
{
    (void)vcpu;
}

HYPERCALL(periodic_wait)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(periodic_status)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(periodic_start)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(periodic_stop)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}
