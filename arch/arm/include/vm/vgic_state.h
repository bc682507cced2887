// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// State of interrupts, between the files of the virtual interrupt controller.

#ifndef VM_VGIC_STATE_H
#define VM_VGIC_STATE_H

#include <vm/vgic.h>

// Whether a shared interrupt goes to a processor. GICv2 may name several: it goes to the first.
static inline bool vgic_goes_to(const struct vgic *vgic, uint32_t number, uint32_t cpu)
{
    uint32_t target = vgic->target[number];

    if (vgic->version == 2u) {
        return target != 0u && (uint32_t)__builtin_ctz(target) == cpu;
    }
    return target == cpu;
}

// Pending, whether or not it may be signalled now.
static inline uint32_t vgic_waiting(const struct vgic_bank *bank)
{
    return bank->latched | (bank->level & ~bank->edge);
}

// Pending and to be signalled, once it is not active.
static inline uint32_t vgic_wanted(const struct vgic *vgic, const struct vgic_bank *bank)
{
    uint32_t groups = ((vgic->control & VGIC_GROUP1) != 0u ? bank->group1 : 0u) |
                      ((vgic->control & VGIC_GROUP0) != 0u ? ~bank->group1 : 0u);

    return vgic_waiting(bank) & bank->enabled & groups;
}

static inline void vgic_end(struct vgic_bank *bank, uint32_t bit)
{
    if ((bank->active & bank->hardware & bit) != 0u) {
        bank->release |= bit;
    }
    bank->active &= ~bit;
}

#endif
