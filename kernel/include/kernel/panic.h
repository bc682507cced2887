// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of the system: prints why, brings the consoles out, stops the processor.

#ifndef KERNEL_PANIC_H
#define KERNEL_PANIC_H

#include <stdint.h>

/// Status with which the system stops; the host command 'run' returns it.
enum system_status {
    SYSTEM_STATUS_OK = 0,     ///< halted on request, or every partition halted
    SYSTEM_STATUS_EVENT = 1,  ///< a health-monitor action stopped the system
    SYSTEM_STATUS_CONFIG = 2, ///< the configuration was refused
    SYSTEM_STATUS_PANIC = 3,  ///< a bug of the hypervisor
};

/// Brings everything out that consoles and the health monitor's log still have to say. Waits.
void system_bring_out(void);

/// Prints "halt: <reason> status <n>" as the last line and stops. Waits for the console.
_Noreturn void system_stop(const char *reason, uint32_t status);

/// An internal error of the hypervisor: stops with SYSTEM_STATUS_PANIC, unless the description wants a
/// reset.
_Noreturn void panic(const char *reason);

#endif
