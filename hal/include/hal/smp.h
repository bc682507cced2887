// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Other processors. Architectures with one implement these as the null file smp_absent.c.

#ifndef HAL_SMP_H
#define HAL_SMP_H

#include <hal/types.h>

/// Starts another processor, which enters kernel_boot(); one that is just stopping first ends that. False if it
/// does not answer, or the machine has none of that number. Mandatory,
/// boot only, first processor.
bool hal_smp_start(uint32_t cpu);

/// Ends the executing processor, which hal_smp_start() may start again. Mandatory, interrupts off; no return.
_Noreturn void hal_smp_stop(void);

/// Raises HAL_IRQ_KICK on another processor; what was written before is seen there when it takes it. One that
/// was not taken yet may count for several. Mandatory, interrupts off, constant.
void hal_smp_kick(uint32_t cpu);

#endif
