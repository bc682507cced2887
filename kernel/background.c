// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the hypervisor does while no partition runs: consoles come out, partitions are loaded. Never
// so close to the next boundary that it would be delayed (sched_background_fits()).

#include <hal/kconfig.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/resume.h>
#include <kernel/scrub.h>

// What the hypervisor still has to say, when its own ring is empty; else a burst of text. False if
// there is nothing to be done.
static bool talk(void)
{
    return (console_room(console_own) == console_own->mask + 1u && hm_tell()) ||
           console_drain_any();
}

// Arms the timer and takes what is pending, so that each piece of work is a section of its own.
static bool interrupted(struct cpu *cpu)
{
    resume_arm_timer(cpu);
    return cpu_take_interrupt(cpu);
}

// Neither the boundary nor a timer of the vCPU that idles may be delayed by what somebody else has to say, nor a
// frame that an interrupt begins.
static bool may_talk(const struct cpu *cpu)
{
    return !cpu->sched.waiting && sched_background_fits(&cpu->sched, cpu->now) &&
           (!resume_has_timer(cpu) || !time_reached(cpu->now + SCHED_GUARD_NS, cpu->deadline));
}

void background_idle(struct cpu *cpu)
{
    if (interrupted(cpu)) {
        return;
    }
    if (may_talk(cpu)) {
        if ((IS_ENABLED(CONFIG_POOLS) && pool_tell(cpu)) || talk()) {
            cpu_read_clock(cpu);
            return;
        }
        if (hal_cpu_index() == 0u) {
            scrub_step(); // one before each wait: nobody waits for it, and idle processors save power
        }
    }
    resume_wait(cpu);
}

void background_load(struct cpu *cpu, struct partition *partition)
{
    if (interrupted(cpu)) {
        return;
    }
    if (sched_background_fits(&cpu->sched, cpu->now)) {
        load_step(partition);
        cpu_read_clock(cpu);
    } else {
        resume_wait(cpu);
    }
}
