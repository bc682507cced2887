// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Other simulated processors. They run on the test's thread, one after the other.

#include <arch/host.h>

#include <hal/smp.h>
#include <hal/trap.h>

bool hal_smp_start(uint32_t cpu)
{
    uint32_t me = host_cpu;

    if (cpu >= host.cpu_count || (host.cpus_dead >> cpu & 1u) != 0u) {
        return false;
    }
    host.cpu[cpu].started = true;
    host_cpu = cpu;
    kernel_boot();
    host.cpu[cpu].kicked = true; // its first pass through the exit path
    host_cpu = me;
    return true;
}

_Noreturn void hal_smp_stop(void)
{
    host.cpu[host_cpu].started = false;
    host_leave(HOST_DONE);
}

void hal_smp_kick(uint32_t cpu)
{
    host.count.kicks++;
    __atomic_store_n(&host.cpu[cpu].kicked, true, __ATOMIC_SEQ_CST);
}
