// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Clocks, timers and idling.

#include <kernel/cold.h>
#include <kernel/cpu.h>
#include <kernel/hypercall.h>
#include <kernel/resume.h>
#include <kernel/vcpu.h>

#include <hal/guest.h>

// Eight aligned bytes lie in one area; the hardware knows whether the caller may write them.
static inline sep_status_t give(sep_word_t to, sep_time_t time)
{
    return hal_guest_write64(hal_guest(to), time) ? SEP_OK : SEP_INVALID_ADDRESS;
}

// Apart: what it calls would have the hot case save registers for it.
COLD static sep_status_t get_execution_time(sep_word_t clock, sep_word_t to)
{
    return clock == SEP_CLOCK_EXEC ? give(to, vcpu_executed(cpu_caller())) : SEP_INVALID_PARAM;
}

HYPERCALL(get_time)
{
    if (a0 != SEP_CLOCK_HW) {
        return get_execution_time(a0, a1);
    }
    return give(a1, time_read(&cpu_this()->clock));
}

HYPERCALL(set_timer)
{
    const sep_word_t words[] = {a1, a2, a3, a4};
    sep_time_t expiry = hypercall_arg64(words);
    sep_time_t interval = hypercall_arg64(words + HYPERCALL_WORDS64);

    if (a0 >= SEP_CLOCK_COUNT) {
        return SEP_INVALID_PARAM;
    }
    // Below 2^62 both, 146 years: sums and differences of two times keep their sign.
    if ((expiry | interval) >> 62 != 0u) {
        return SEP_INVALID_PARAM;
    }
    if (interval != 0u && !time_reached(interval, SEP_TIMER_INTERVAL_MIN)) {
        return SEP_INVALID_PARAM;
    }
    vtimer_set(cpu_caller(), (enum sep_clock)a0, expiry != 0u ? expiry : VTIMER_NEVER, interval);
    vtimer_schedule(cpu_this());
    // A time that has passed already interrupts at once.
    resume_arm_timer(cpu_this());
    return SEP_OK;
}

HYPERCALL(idle_self)
{
    struct vcpu *vcpu = cpu_caller();

    if ((vcpu->pending & ~vcpu->masked) == 0u) {
        vcpu_set_state(vcpu, SEP_STATE_IDLE);
    }
    return SEP_OK;
}
