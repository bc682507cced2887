// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// GPTIMER: start.

#include <hal/timer.h>

void hal_timer_init(void)
{
    // Scaler 0: one count per processor clock, 25 ns.
    GPTIMER_SCALER_RELOAD = 0;
    GPTIMER_SCALER = 0;
    GPTIMER_CONTROL(0) = GPTIMER_PENDING;
    GPTIMER_RELOAD(1) = 0xffffffffu;
    GPTIMER_CONTROL(1) = GPTIMER_PENDING | GPTIMER_LOAD | GPTIMER_RESTART | GPTIMER_ENABLE;
}
