// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The interrupt controller: 64 lines, level or edge, and the machine's own interrupts.
//
// A level line that was taken is not taken again while it stays asserted, until hal_irq_enable()
// names it again: as a controller that waits for the end of the interrupt.

#include <arch/host.h>

#include <hal/irq.h>

void hal_irq_init(void)
{
    host.cpu[host_cpu].enabled = 0;
}

void hal_irq_enable(uint32_t line)
{
    host.served &= ~((uint64_t)1 << line);
    host.cpu[host_cpu].enabled |= (uint64_t)1 << line;
}

void hal_irq_disable(uint32_t line)
{
    host.cpu[host_cpu].enabled &= ~((uint64_t)1 << line);
}

void hal_irq_give(uint32_t line, uint32_t cpu)
{
    host.cpu[cpu].enabled &= ~((uint64_t)1 << line);
}

/// Lines that are pending and enabled here.
static uint64_t lines_due(void)
{
    uint64_t level = host.level & ~host.edge & ~host.served;

    return (level | host.pending) & host.cpu[host_cpu].enabled;
}

static int32_t line_take(uint64_t due)
{
    int32_t line = __builtin_ctzll(due);
    uint64_t bit = (uint64_t)1 << line;

    host.pending &= ~bit;
    host.served |= host.level & ~host.edge & bit;
    return line;
}

static int32_t irq_take(void)
{
    struct host_processor *cpu = &host.cpu[host_cpu];
    uint64_t due = lines_due();

    if (cpu->timer_pending) {
        cpu->timer_pending = false;
        return HAL_IRQ_TIMER;
    }
    if (__atomic_exchange_n(&cpu->kicked, false, __ATOMIC_SEQ_CST)) {
        return HAL_IRQ_KICK;
    }
    if (host_cpu == 0u && host_uart_due()) {
        host.uart_reported = true;
        return HAL_IRQ_CONSOLE;
    }
    return due != 0u ? line_take(due) : HAL_IRQ_NONE;
}

int32_t hal_irq_take(void)
{
    int32_t taken;

    host_window();
    if (host.on_take != NULL) {
        host.on_take();
    }
    // Idle loops that poll instead of waiting end here, like hal_cpu_wait(), when the test's time is
    // up; nowhere else is a polling kernel between two events.
    if (host.cpu[host_cpu].resuming && host.ticks > host.limit && !host_irq_due()) {
        host_idle();
    }
    taken = irq_take();
    host.count.taken += taken != HAL_IRQ_NONE ? 1u : 0u;
    return taken;
}

bool host_irq_due(void)
{
    const struct host_processor *cpu = &host.cpu[host_cpu];

    return cpu->timer_pending || cpu->kicked || (host_cpu == 0u && host_uart_due()) ||
           lines_due() != 0u;
}

void host_line_edge(uint32_t line, bool edge)
{
    host.edge &= ~((uint64_t)1 << line);
    host.edge |= edge ? (uint64_t)1 << line : 0u;
}

void host_line_assert(uint32_t line)
{
    uint64_t bit = (uint64_t)1 << line;

    host.pending |= host.edge & ~host.level & bit;
    host.level |= bit;
}

void host_line_deassert(uint32_t line)
{
    host.level &= ~((uint64_t)1 << line);
    host.served &= ~((uint64_t)1 << line);
}

bool host_line_enabled(uint32_t line)
{
    return (host.cpu[host_cpu].enabled >> line & 1u) != 0u;
}
