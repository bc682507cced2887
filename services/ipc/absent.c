// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No ports: a description with a channel does not boot, the calls do not exist.

#include <kernel/config.h>
#include <kernel/events.h>
#include <kernel/hypercall.h>
#include <septum/build_info.h>

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_channel", .value = 0},
};

const char *ipc_init(void)
{
    return config.header->sections[SEP_CFG_TYPE_channel].count == 0u
               ? NULL
               : "channels are left out of this hypervisor";
}

HYPERCALL(port_open)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(sampling_write)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(sampling_read)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(sampling_status)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(queuing_send)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(queuing_receive)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(queuing_status)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}

HYPERCALL(queuing_clear)
{
    return hypercall_refused(SEP_UNKNOWN_HYPERCALL);
}
