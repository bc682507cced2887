// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of interrupts that the frames of both versions have at the same offsets: group, enable, pending, active,
// priority, configuration.
//
// Source: IHI 0069, 12.8 and 12.10; IHI 0048, 4.3.

#include <vm/vgic_registers.h>

static struct vgic_bank *bank_of(const struct vgic_frame *frame, uint32_t index)
{
    if (index < frame->first || index >= frame->last) {
        return NULL;
    }
    return vgic_bank(frame->vgic, frame->cpu, index * 32u);
}

// ----------------------------------------------------------------------------------- a bit per interrupt

// Two registers for each word: of the pair, offsets VGIC_ISENABLER and on set, those after clear.
static uint32_t bits_read(const struct vgic_bank *bank, uint32_t kind)
{
    switch (kind) {
    case VGIC_IGROUPR:
        return bank->group1;
    case VGIC_ISENABLER:
    case VGIC_ICENABLER:
        return bank->enabled;
    case VGIC_ISPENDR:
    case VGIC_ICPENDR:
        return bank->latched | (bank->level & ~bank->edge);
    default:
        return bank->active;
    }
}

// What arrived at the hardware and is forgotten here has ended there.
static void forget_pending(struct vgic_bank *bank, uint32_t bits)
{
    bank->release |= bank->latched & bank->hardware & bits & ~bank->active;
    bank->latched &= ~bits;
}

static void forget_active(struct vgic_bank *bank, uint32_t bits)
{
    bank->release |= bank->active & bank->hardware & bits;
    bank->active &= ~bits;
}

static void make_active(const struct vgic_frame *frame, struct vgic_bank *bank, uint32_t index,
                        uint32_t bits)
{
    uint32_t added = bits & ~bank->active;

    bank->active |= bits;
    while (added != 0u) {
        frame->vgic->holder[index * 32u + (uint32_t)__builtin_ctz(added)] =
            (uint8_t)vgic_cpu_number(frame->vgic, frame->cpu);
        added &= added - 1u;
    }
}

static void forget_sources(const struct vgic_frame *frame, uint32_t bits)
{
    for (uint32_t i = 0; i < VGIC_SGIS; i++) {
        if ((bits & (1u << i)) != 0u) {
            frame->cpu->source[i] = 0;
        }
    }
}

static void bits_write(const struct vgic_frame *frame, uint32_t kind, uint32_t index,
                       uint32_t value)
{
    struct vgic_bank *bank = bank_of(frame, index);
    bool own = index == 0u;
    uint32_t bits;

    value &= ~bank->absent;
    // In version 2 interrupts from software are pending by GICD_SGIR alone, and always enabled.
    bits = own && frame->vgic->version == 2u ? value & ~0xffffu : value;
    switch (kind) {
    case VGIC_IGROUPR:
        bank->group1 = value;
        break;
    case VGIC_ISENABLER:
        bank->enabled |= value;
        break;
    case VGIC_ICENABLER:
        bank->enabled &= ~bits;
        break;
    case VGIC_ISPENDR:
        bank->latched |= bits;
        break;
    case VGIC_ICPENDR:
        forget_pending(bank, bits);
        if (own) {
            forget_sources(frame, bits);
        }
        break;
    case VGIC_ISACTIVER:
        make_active(frame, bank, index, value);
        break;
    default:
        forget_active(bank, value);
        break;
    }
}

// --------------------------------------------------------------------------------- a byte per interrupt

static uint32_t priority_read(const struct vgic_frame *frame, uint32_t number, uint32_t size)
{
    const struct vgic_bank *bank = bank_of(frame, number / 32u);
    uint32_t value = 0;

    for (uint32_t i = 0; bank != NULL && i < size; i++) {
        value |= (uint32_t)bank->priority[number % 32u + i] << (8u * i);
    }
    return value;
}

static void priority_write(const struct vgic_frame *frame, uint32_t number, uint32_t size,
                           uint32_t value)
{
    struct vgic_bank *bank = bank_of(frame, number / 32u);

    for (uint32_t i = 0; bank != NULL && i < size; i++) {
        bank->priority[number % 32u + i] = (uint8_t)(value >> (8u * i) & VGIC_PRIORITY_MASK);
    }
}

// --------------------------------------------------------------------- two bits per interrupt: the upper is edge

static uint32_t edge_read(const struct vgic_frame *frame, uint32_t number)
{
    const struct vgic_bank *bank = bank_of(frame, number / 32u);
    uint32_t value = 0;

    for (uint32_t i = 0; bank != NULL && i < 16u; i++) {
        value |= ((bank->edge >> (number % 32u + i)) & 1u) << (2u * i + 1u);
    }
    return value;
}

static void edge_write(const struct vgic_frame *frame, uint32_t number, uint32_t value)
{
    struct vgic_bank *bank = bank_of(frame, number / 32u);

    for (uint32_t i = 0; bank != NULL && number >= VGIC_SGIS && i < 16u; i++) {
        uint32_t bit = 1u << (number % 32u + i);

        bank->edge = (value >> (2u * i + 1u) & 1u) != 0u ? bank->edge | bit : bank->edge & ~bit;
    }
}

// Whether an access lies in registers of one byte per interrupt, aligned to its size.
static bool of_bytes(uint32_t offset, uint32_t size)
{
    return offset >= VGIC_IPRIORITYR && offset < VGIC_IPRIORITYR + VGIC_LINES && size <= 4u &&
           offset % size == 0u;
}

static bool of_words(uint32_t offset, uint32_t size)
{
    return size == 4u && offset % 4u == 0u;
}

uint32_t vgic_frame_read(const struct vgic_frame *frame, uint32_t offset, uint32_t size)
{
    uint32_t index = (offset & 0x7fu) / 4u;

    if (of_bytes(offset, size)) {
        return priority_read(frame, offset - VGIC_IPRIORITYR, size);
    }
    if (!of_words(offset, size)) {
        return 0;
    }
    if (offset >= VGIC_ICFGR && offset < VGIC_ICFGR_END) {
        return edge_read(frame, (offset - VGIC_ICFGR) * 4u);
    }
    if (offset < VGIC_IGROUPR || offset >= VGIC_IPRIORITYR || bank_of(frame, index) == NULL) {
        return 0;
    }
    return bits_read(bank_of(frame, index), offset & ~0x7fu);
}

void vgic_frame_write(const struct vgic_frame *frame, uint32_t offset, uint32_t size,
                      uint32_t value)
{
    uint32_t index = (offset & 0x7fu) / 4u;

    if (of_bytes(offset, size)) {
        priority_write(frame, offset - VGIC_IPRIORITYR, size, value);
    } else if (!of_words(offset, size)) {
        return;
    } else if (offset >= VGIC_ICFGR && offset < VGIC_ICFGR_END) {
        edge_write(frame, (offset - VGIC_ICFGR) * 4u, value);
    } else if (offset >= VGIC_IGROUPR && offset < VGIC_IPRIORITYR &&
               bank_of(frame, index) != NULL) {
        bits_write(frame, offset & ~0x7fu, index, value);
    }
}
