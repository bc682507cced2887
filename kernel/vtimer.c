// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A vCPU's timers.

#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>

void vtimer_reset(struct vcpu *vcpu)
{
    for (uint32_t i = 0; i < SEP_CLOCK_COUNT; i++) {
        vcpu->timers[i] = (struct vtimer){.expiry = VTIMER_NEVER};
    }
    vcpu->deadline = VTIMER_NEVER;
    vcpu->armed = 0;
}

static sep_time_t earlier(sep_time_t a, sep_time_t b)
{
    return time_reached(a, b) ? b : a;
}

void vtimer_set(struct vcpu *vcpu, enum sep_clock clock, sep_time_t expiry, sep_time_t interval)
{
    vcpu->timers[clock] = (struct vtimer){.expiry = expiry, .interval = interval};
    vcpu->armed &= ~(1u << clock);
    if (expiry != VTIMER_NEVER) {
        vcpu->armed |= 1u << clock;
    }
    vcpu->deadline =
        earlier(vcpu->timers[SEP_CLOCK_HW].expiry, vcpu->timers[SEP_CLOCK_WATCHDOG].expiry);
}

void vtimer_schedule(struct cpu *cpu)
{
    const struct vcpu *vcpu = cpu->running;
    sep_time_t deadline = vcpu->deadline;
    sep_time_t exec = vcpu->timers[SEP_CLOCK_EXEC].expiry;

    if ((vcpu->armed & (1u << SEP_CLOCK_EXEC)) != 0u && cpu->executing == vcpu) {
        sep_time_t left = time_reached(vcpu->executed, exec) ? 0u : exec - vcpu->executed;

        deadline = earlier(deadline, cpu->since + left);
    }
    cpu->deadline = deadline;
    cpu->timer_stale = true;
}

_Static_assert((uint32_t)SEP_CLOCK_HW == SEP_IRQ_TIMER_HW &&
                   (uint32_t)SEP_CLOCK_EXEC == SEP_IRQ_TIMER_EXEC,
               "a timer's interrupt has the number of its clock");

// Takes one expiry of a timer whose clock shows now. True if it had expired.
static bool take_expiry(struct vcpu *vcpu, uint32_t clock, sep_time_t now)
{
    struct vtimer *timer = &vcpu->timers[clock];
    sep_time_t next = VTIMER_NEVER;

    if (!time_reached(now, timer->expiry)) {
        return false;
    }
    if (timer->interval != 0u) {
        next = time_next_period(timer->expiry, timer->interval, now);
    }
    vtimer_set(vcpu, (enum sep_clock)clock, next, timer->interval);
    return true;
}

void vtimer_expire(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->running;
    sep_time_t executed = vcpu->executed + (cpu->executing == vcpu ? cpu->now - cpu->since : 0u);

    for (uint32_t clock = 0; clock < SEP_CLOCK_COUNT; clock++) {
        bool expired = take_expiry(vcpu, clock, clock == SEP_CLOCK_EXEC ? executed : cpu->now);

        if (expired && clock == SEP_CLOCK_WATCHDOG) {
            event_raise_plain(vcpu, SEP_EVENT_WATCHDOG, 0);
        } else if (expired) {
            virq_raise(vcpu, clock);
        } else {
            // Not its time.
        }
    }
    vtimer_schedule(cpu);
}
