// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The processor: whose data is this, wait, stop.
//
// The architecture defines struct hal_cpu, the part of per-CPU data that its trap code uses. The
// kernel embeds it as the first member of struct cpu. Every implementation has the members
//     struct hal_context *context;  // registers in the processor belong to it; NULL: to nobody
//     uint32_t attention;           // not 0: call kernel_resume() before the next guest instruction
//     uint32_t trace;               // classes that the trace of the running partition holds (enum
//                                   // sep_trace_class): with hypercalls, kernel_hypercall_traced()
//                                   // is called in place of the handler
//     const struct hal_clock *clock; // of this processor; set by the kernel at boot

#ifndef HAL_CPU_H
#define HAL_CPU_H

#include <hal/types.h>

struct hal_clock;
struct hal_cpu;
struct hal_context;

/// Number of the processor that executes this, 0 … CONFIG_CPUS_MAX - 1. Mandatory, any state.
static inline uint32_t hal_cpu_index(void);

/// Per-CPU data of the executing processor. Mandatory, any state after kernel_boot().
static inline struct hal_cpu *hal_cpu_this(void);

/// Asks for a pass through kernel_resume() when the running event ends. Mandatory, interrupts off.
static inline void hal_cpu_attention(struct hal_cpu *cpu);

/// Waits until an enabled interrupt is pending, which hal_irq_take() then returns; may return
/// without one. Never loses an interrupt that arrives just before. Mandatory, interrupts off, no
/// guest registers loaded that the hypervisor could need (idle). Unbounded by purpose.
void hal_cpu_wait(void);

/// One turn of a loop that polls memory or a device. Mandatory, any state.
static inline void hal_cpu_relax(void);

/// Ends the run of the whole system: processors stopped, on an emulator the emulator exits.
/// status 0 is an ordered end, everything else an error. Mandatory, interrupts off; no return.
_Noreturn void hal_cpu_stop(uint32_t status);

/// Starts the hypervisor again from its entry, as after power-on, with memory kept. Mandatory,
/// interrupts off, first processor; no return.
_Noreturn void hal_cpu_restart(void);

#include <arch/cpu.h>

/// Whether a word has any of some bits, which it seldom has: a trace point is this, in as few instructions as
/// possible where it has none. An architecture whose compiler takes more than a load, a test and a branch
/// defines its own.
#ifndef HAL_ANY
#define HAL_ANY(word, bits) (((word) & (bits)) != 0u)
#endif

#endif
