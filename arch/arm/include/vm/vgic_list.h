// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// List registers: the two forms of the hardware, ICH_LR<n>_EL2 (64 bits) and GICH_LR<n> (32 bits).
//
// Source: IHI 0069, 12.4.7 ICH_LR<n>_EL2; IHI 0048, 5.3.8 GICH_LRn.

#ifndef VM_VGIC_LIST_H
#define VM_VGIC_LIST_H

#include <septum/types.h>

/// State of what a list register holds, both bits of it.
#define VGIC_LIST_PENDING 1u
#define VGIC_LIST_ACTIVE 2u

struct vgic_list {
    uint32_t number;
    uint32_t state;    ///< 0: it holds nothing
    uint32_t priority; ///< upper five of eight bits
    uint32_t source;   ///< GICv2, of an interrupt from software: processor that sent it
    bool group1;
    bool hardware; ///< its end ends the line of the same number
    bool notify;   ///< its end is a maintenance interrupt; never with hardware
};

#define VGIC_LR3_STATE_SHIFT 62u
#define VGIC_LR3_HARDWARE (1ull << 61)
#define VGIC_LR3_GROUP1 (1ull << 60)
#define VGIC_LR3_PRIORITY_SHIFT 48u
#define VGIC_LR3_LINE_SHIFT 32u
#define VGIC_LR3_NOTIFY (1ull << 41)

#define VGIC_LR2_HARDWARE (1u << 31)
#define VGIC_LR2_GROUP1 (1u << 30)
#define VGIC_LR2_STATE_SHIFT 28u
#define VGIC_LR2_PRIORITY_SHIFT 20u ///< bits 7:3 of the priority lie at 27:23
#define VGIC_LR2_NOTIFY (1u << 19)
#define VGIC_LR2_LINE_SHIFT 10u

static inline uint64_t vgic_list_pack3(const struct vgic_list *list)
{
    return (uint64_t)list->state << VGIC_LR3_STATE_SHIFT |
           (uint64_t)list->priority << VGIC_LR3_PRIORITY_SHIFT | list->number |
           (list->group1 ? VGIC_LR3_GROUP1 : 0u) |
           (list->hardware ? VGIC_LR3_HARDWARE | (uint64_t)list->number << VGIC_LR3_LINE_SHIFT
                           : 0u) |
           (list->notify ? VGIC_LR3_NOTIFY : 0u);
}

static inline uint32_t vgic_list_pack2(const struct vgic_list *list)
{
    return list->state << VGIC_LR2_STATE_SHIFT | list->priority << VGIC_LR2_PRIORITY_SHIFT |
           list->number | (list->group1 ? VGIC_LR2_GROUP1 : 0u) |
           list->source << VGIC_LR2_LINE_SHIFT |
           (list->hardware ? VGIC_LR2_HARDWARE | list->number << VGIC_LR2_LINE_SHIFT : 0u) |
           (list->notify ? VGIC_LR2_NOTIFY : 0u);
}

static inline uint64_t vgic_list_pack(uint32_t version, const struct vgic_list *list)
{
    return version == 2u ? vgic_list_pack2(list) : vgic_list_pack3(list);
}

static inline struct vgic_list vgic_list_unpack(uint32_t version, uint64_t word)
{
    uint32_t low = (uint32_t)word;

    if (version == 2u) {
        return (struct vgic_list){
            .number = low & 0x3ffu,
            .state = (low >> VGIC_LR2_STATE_SHIFT) & 3u,
            .priority = (low >> VGIC_LR2_PRIORITY_SHIFT) & 0xf8u,
            .source = (low & VGIC_LR2_HARDWARE) != 0u ? 0u : (low >> VGIC_LR2_LINE_SHIFT) & 7u,
            .group1 = (low & VGIC_LR2_GROUP1) != 0u,
            .hardware = (low & VGIC_LR2_HARDWARE) != 0u,
            .notify = (low & (VGIC_LR2_HARDWARE | VGIC_LR2_NOTIFY)) == VGIC_LR2_NOTIFY,
        };
    }
    return (struct vgic_list){
        .number = low,
        .state = (uint32_t)(word >> VGIC_LR3_STATE_SHIFT),
        .priority = (uint32_t)(word >> VGIC_LR3_PRIORITY_SHIFT) & 0xffu,
        .group1 = (word & VGIC_LR3_GROUP1) != 0u,
        .hardware = (word & VGIC_LR3_HARDWARE) != 0u,
        .notify = (word & (VGIC_LR3_HARDWARE | VGIC_LR3_NOTIFY)) == VGIC_LR3_NOTIFY,
    };
}

#endif
