// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The partition's own trap table.

#include <kernel/cpu.h>
#include <kernel/hypercall.h>
#include <kernel/vcpu.h>

HYPERCALL(trap_table_set)
{
    return hal_context_trap_table(&cpu_caller()->context, hal_guest(a0)) ? SEP_OK
                                                                         : SEP_INVALID_PARAM;
}
