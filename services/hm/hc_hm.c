// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's hypercalls.

#include <kernel/hypercall.h>

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
