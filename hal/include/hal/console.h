// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The debug console: one byte at a time, never waiting.

#ifndef HAL_CONSOLE_H
#define HAL_CONSOLE_H

#include <hal/types.h>

/// Prepares the board's console. Mandatory, boot only.
void hal_console_init(void);

/// Gives a byte to the console. False if it can take none now. Mandatory, interrupts off, constant.
bool hal_console_put(uint8_t byte);

/// Whether HAL_IRQ_CONSOLE is wanted when the console can take more. Mandatory, interrupts off.
/// An architecture whose console has no such interrupt does nothing: rings then drain in idle time.
void hal_console_irq(bool wanted);

#endif
