// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The processor of the simulated machine: who executes, waiting, stopping.

#include <arch/host.h>

#include <hal/trap.h>

_Thread_local uint32_t host_cpu;
struct hal_cpu *host_cpu_data[CONFIG_CPUS_MAX];

void host_relax(void)
{
    host_pass(host_ticks(1000));
    host_others();
}

_Noreturn void host_idle(void)
{
    host.cpu[host_cpu].idle = true;
    host_leave(HOST_DONE);
}

void hal_cpu_wait(void)
{
    uint64_t next;

    host.count.waits++;
    host_window();
    if (host.on_wait != NULL) {
        host.on_wait();
    }
    if (host_irq_due()) {
        return;
    }
    next = host_next_event();
    if (next > host.limit || host.cpu_count > 1u) {
        host_idle();
    }
    host_pass(next - host.ticks);
}

_Noreturn void hal_cpu_stop(uint32_t status)
{
    host.stop_status = status;
    host_leave(HOST_STOPPED);
}

_Noreturn void hal_cpu_restart(void)
{
    host_leave(HOST_RESTARTED);
}
