// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The generic timer: start.

#include <hal/timer.h>

#define TIMER_ON 1u

uint32_t timer_hz;

void hal_timer_init(void)
{
    timer_hz = (uint32_t)SYSREG_READ(cntfrq_el0);
    timer_disarm();
    SYSREG_WRITE(cnthp_ctl_el2, TIMER_ON);
}
