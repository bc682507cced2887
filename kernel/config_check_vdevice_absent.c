// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A hypervisor that runs no unmodified operating systems refuses them.

#include <kernel/config.h>
#include <septum/info.h>

bool config_check_vdevices(const struct sep_cfg_partition *p)
{
    return (p->flags & SEP_PARTITION_UNMODIFIED) == 0u && p->vdevices.count == 0u;
}
