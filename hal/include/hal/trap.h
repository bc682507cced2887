// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where the architecture enters the kernel. The functions named kernel_ are defined by the kernel
// and called by the architecture, always with interrupts off, on the processor's hypervisor stack.
//
// Every event ends in the architecture's exit path: if hal_cpu.attention is set it calls
// kernel_resume(), loads the context returned (saving the one loaded before, if another) and
// continues the guest. A hypercall that leaves attention alone returns to its caller at once, with
// the status in the guest's result register and no value of the hypervisor in any other.

#ifndef HAL_TRAP_H
#define HAL_TRAP_H

#include <hal/types.h>
#include <septum/hypercall.h>

struct hal_context;
struct hal_cpu;

/// Registers kept in a fault record, in the architecture's own order (docs name them).
#define HAL_REGISTERS_MAX 40u

/// What a guest did wrong, or the hypervisor.
struct hal_fault {
    uint32_t event;    ///< enum sep_event
    uint32_t code;     ///< the architecture's own cause (SPARC: trap type)
    uint32_t detail;   ///< the architecture's own status word (SPARC: fault status register)
    uint32_t granule;  ///< the address is exact to this many bytes; 0: there is no address
    uintptr_t pc;      ///< of the instruction
    uintptr_t address; ///< that was accessed
    struct hal_context *context; ///< the hypervisor's own registers; NULL: the vCPU's are meant
};

/// A hypercall's handler. Arguments are raw words of the guest.
typedef sep_status_t (*hal_hypercall_t)(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                                        sep_word_t a4);

/// The portable hypercalls by number; entry SEP_HC_COUNT answers every number without one. The
/// architecture's trap code indexes it after bounding the number.
extern const hal_hypercall_t kernel_hypercall_table[SEP_HC_COUNT + 1u];

/// Handler of numbers that nobody has: neither the table above nor, from SEP_HC_ARCH_FIRST on, the
/// architecture's own.
sep_status_t kernel_hypercall_unknown(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                                      sep_word_t a4);

/// Calls a hypercall's handler, and leaves a record of the call and one of its end in the caller's trace.
/// number as the guest gave it. Where traces are left out it is never called.
sep_status_t kernel_hypercall_traced(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                                     sep_word_t a4, hal_hypercall_t handler, sep_word_t number);

/// The architecture has taken an interrupt: irq is what hal_irq_take() would have answered, and is not
/// HAL_IRQ_NONE. Answers what runs next, as kernel_resume() does.
struct hal_context *kernel_interrupt(int32_t irq);

/// The loaded context did something it may not. The registers are in the context (flushed) before
/// the call.
void kernel_fault(const struct hal_fault *fault);

/// The loaded context returns from the entry of a virtual interrupt or of a propagated fault. Where
/// guests return unseen, the architecture calls it when it has entered a fault's handler.
void kernel_trap_returned(void);

/// The console of the running partition, byte by byte: whether it takes one; and one that it takes, or loses
/// if it has no room: whether there is room for the next. Bound: at most 16 bytes and a label to the device.
bool kernel_console_room(void);
bool kernel_console_put(uint8_t byte);

/// A fault in the hypervisor itself: prints where, and stops the system or starts it again.
_Noreturn void kernel_panic_fault(const struct hal_fault *fault);

/// What runs next. Idles until there is something. The context's address space is current when it
/// returns, attention is cleared.
struct hal_context *kernel_resume(void);

/// Per-CPU data of a processor, below CONFIG_CPUS_MAX: for its own start, and for hal_cpu_this().
struct hal_cpu *kernel_cpu_data(uint32_t cpu);

/// The boot story, called once by each processor after the architecture's own start. The first
/// thing after it returns is the exit path (kernel_resume()).
void kernel_boot(void);

#endif
