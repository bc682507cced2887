// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One processor: there is nobody to agree with.

#include <hal/cpu.h>
#include <kernel/smp.h>

bool smp_start(const struct hal_clock *clock, sep_time_t start)
{
    (void)clock;
    (void)start;
    return true;
}

void smp_enter(struct cpu *cpu)
{
    (void)cpu;
}

void smp_end(void)
{
}

void smp_kicked(void)
{
}

_Noreturn void smp_restart(void)
{
    hal_cpu_restart();
}
