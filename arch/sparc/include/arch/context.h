// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a vCPU in memory.
//
// Windows are kept relative to the trap window, which lies below the guest's current one: window[0]
// is the current one, window[1] its caller and so on. That makes the assembly's offsets constant,
// and a context can continue at any position of the register file. Windows that hold no frame are
// zero or hold older values of the same context, never anything else.
//
// Entering a virtual trap puts a window in front of the others, returning from one takes it away. None
// of them moves for that: hal_context.moved says where they begin until they are loaded, and a save
// puts them where they belong.

#ifndef ARCH_CONTEXT_H
#define ARCH_CONTEXT_H

#include <arch/psr.h>

struct sep_log;

struct sparc_window {
    uint32_t local[8];
    uint32_t in[8];
};

/// The outs of the current window, and the windows behind.
struct sparc_frames {
    union {
        struct {
            uint32_t out[8];
            struct sparc_window window[WINDOWS_USED];
        };
        uint32_t word[8u + 16u * WINDOWS_USED];
        uint64_t fresh[8]; ///< outs and locals, which a trap gets anew
    };
};

struct hal_context {
    // Loaded and stored by trap.S, in pairs.
    uint32_t psr; ///< condition codes and EF count, the rest is the hypervisor's
    uint32_t pc;
    uint32_t npc;
    uint32_t y;
    uint32_t stack_base; ///< struct hal_cpu explains
    uint32_t stack_limit;
    /// 1 << (frames in windows + 1), the invalid window relative to the trap window: 4 … 0x80, and
    /// 1 when all seven hold frames.
    uint32_t wim;
    struct sep_log *events; ///< takes the vCPU's own events
    uint32_t event;         ///< first word of such an event: its number, and the vCPU's
    bool fp_allowed;        ///< C only
    bool fp_pending;        ///< C only: an exception of the unit showed while another context ran
    /// Bytes from base to where the windows begin, modulo 2^32: 0, or 64 more or less. In the place of
    /// %g0, so that a save sets it to 0.
    uint32_t moved;
    uint32_t global[7];          ///< %g1 … %g7
    struct sparc_window entered; ///< room for the window of a virtual trap
    struct sparc_frames base;
    /// Room, too: one window fewer in front shows the partition its own values as an unused one.
    uint32_t fp[32];
    uint32_t fsr;
    // C only.
    uint32_t virtual_psr; ///< PIL, ET and PS of the guest's virtual PSR
    uint32_t trap_base;   ///< 0: no trap table
} __attribute__((aligned(8)));

/// The windows of a context that is in memory.
static inline struct sparc_frames *context_frames(struct hal_context *context)
{
    return (struct sparc_frames *)((uintptr_t)&context->base + context->moved);
}

// Interrupts are taken at level 0 only, with traps enabled.
static inline bool hal_context_irq_enabled(const struct hal_context *context)
{
    return (context->virtual_psr & (PSR_PIL | PSR_ET)) == PSR_ET;
}

// Off is level 15 and not ET, as an operating system does it, so that a fault can still be taken.
// Guests change it by hypercalls only.
static inline void hal_context_irq_switch(struct hal_context *context, enum hal_irq_switch to)
{
    if (to == HAL_IRQ_ON) {
        context->virtual_psr = (context->virtual_psr & ~(uint32_t)PSR_PIL) | PSR_ET;
    } else if (to == HAL_IRQ_OFF) {
        context->virtual_psr |= PSR_PIL;
    }
}

#endif
