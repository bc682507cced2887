// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Several processors. The first one boots and starts the others, which share everything that it has built. Each
// then has a plan of its own; their frames are the same.

#include <hal/irq.h>
#include <hal/smp.h>
#include <hal/timer.h>
#include <kernel/config.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/lock.h>
#include <kernel/sched.h>
#include <kernel/shared.h>
#include <kernel/smp.h>

static struct {
    struct hal_clock clock; ///< of the first processor, at boot
    sep_time_t start;       ///< of plan 0
    uint32_t last;          ///< of the processors that run
    struct lock frame_lock;
    uint32_t frame;    ///< the latest that a processor has come to
    uint32_t switched; ///< frame with which the plan began
    uint32_t plan;
    uint32_t before;                 ///< plan in front of that frame
    uint32_t ender;                  ///< who ends the system, 1 for the first; 0: nobody
    uint32_t ended[CONFIG_CPUS_MAX]; ///< it has heard of that
    uint32_t restart;                ///< the first processor is to start the hypervisor again
} smp;

bool smp_start(const struct hal_clock *clock, sep_time_t start)
{
    smp.clock = *clock;
    smp.start = start;
    for (uint32_t cpu = 1; cpu < config.system->cpus.count; cpu++) {
        if (!hal_smp_start(cpu)) {
            return false;
        }
        shared_write(&smp.last, cpu);
    }
    return true;
}

void smp_enter(struct cpu *cpu)
{
    hal_irq_init();
    hal_timer_init();
    cpu_start_clock(cpu, &smp.clock);
    sched_start(cpu, smp.start);
}

uint32_t smp_plan_of(uint32_t frame)
{
    uint32_t plan;

    lock_take(&smp.frame_lock);
    if ((int32_t)(frame - smp.frame) > 0) {
        uint32_t next = shared_read(&sched_next_plan);

        smp.frame = frame;
        if (next != smp.plan) {
            smp.before = smp.plan;
            smp.plan = next;
            smp.switched = frame;
        }
    }
    plan = (int32_t)(frame - smp.switched) >= 0 ? smp.plan : smp.before;
    lock_give(&smp.frame_lock);
    return plan;
}

// The processor has nothing more to do. The first one waits: only it can start the hypervisor again.
_Noreturn static void end_here(void)
{
    uint32_t me = hal_cpu_index();

    shared_publish(&smp.ended[me], 1u);
    if (me != 0u) {
        hal_smp_stop();
    }
    while (shared_read_after(&smp.restart) == 0u) {
        hal_cpu_relax();
    }
    hal_cpu_restart();
}

static bool is_over(void)
{
    uint32_t ender = shared_read(&smp.ender);

    return ender != 0u && ender != 1u + hal_cpu_index();
}

void smp_kicked(void)
{
    if (is_over()) {
        end_here();
    }
}

void lock_wait(void)
{
    smp_kicked();
    hal_cpu_relax();
}

// Waits until a processor has heard of the end: for a second at most, then it never will.
static void end_there(uint32_t cpu)
{
    uint32_t since = hal_timer_count();

    hal_smp_kick(cpu);
    while (shared_read_after(&smp.ended[cpu]) == 0u && hal_timer_count() - since < hal_timer_hz()) {
        hal_cpu_relax();
    }
}

void smp_end(void)
{
    uint32_t me = hal_cpu_index();
    uint32_t nobody = 0;

    if (!__atomic_compare_exchange_n(&smp.ender, &nobody, 1u + me, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED)) {
        smp_kicked(); // goes on if it was this one, in whose end something went wrong
        return;
    }
    for (uint32_t cpu = 0; cpu <= shared_read(&smp.last); cpu++) {
        if (cpu != me) {
            end_there(cpu);
        }
    }
    console_break_locks();
    hm_break_locks();
}

void smp_restart(void)
{
    if (hal_cpu_index() != 0u) {
        shared_publish(&smp.restart, 1u);
        hal_smp_stop();
    }
    hal_cpu_restart();
}
