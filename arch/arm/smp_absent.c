// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One processor.

#include <hal/cpu.h>
#include <hal/smp.h>

bool hal_smp_start(uint32_t cpu)
{
    (void)cpu;
    return false;
}

void hal_smp_kick(uint32_t cpu)
{
    (void)cpu;
}

_Noreturn void hal_smp_stop(void)
{
    for (;;) {
        hal_cpu_relax();
    }
}
