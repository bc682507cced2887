// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of the virtual GICv2: distributor, and GICC_DIR.
//
// Source: IHI 0048, 4.3 and 4.4.15.

#include <vm/vgic_registers.h>

#define GICD_CTLR 0x000u
#define GICD_TYPER 0x004u
#define GICD_SGIR 0xf00u
#define GICD_CPENDSGIR 0xf10u
#define GICD_SPENDSGIR 0xf20u
#define GICD_SPENDSGIR_END 0xf30u
#define PIDR2 0xfe8u
#define GICC_DIR 0x000u // of the second page

#define TYPER_CPUS_SHIFT 5u
#define REVISION_2 0x2bu

// GICD_SGIR: 0: the list of targets, 1: all others, 2: the sender.
#define SGIR_FILTER(value) ((uint32_t)(value) >> 24 & 3u)
#define SGIR_TARGETS(value) ((uint32_t)(value) >> 16 & 0xffu)

static uint32_t cpu_mask(const struct vgic *vgic)
{
    return (1u << vgic->cpu_count) - 1u;
}

// --------------------------------------------------------------------------------- bytes: targets, SGIs

static uint8_t byte_read(const struct vgic *vgic, const struct vgic_cpu *cpu, uint32_t offset)
{
    uint32_t number = offset - VGIC_ITARGETSR;

    if (offset >= GICD_CPENDSGIR) {
        return cpu->source[offset & 0xfu];
    }
    if (vgic->cpu_count == 1u) {
        return 0; // nothing to choose
    }
    return number < VGIC_PRIVATE ? (uint8_t)(1u << vgic_cpu_number(vgic, cpu))
                                 : vgic->target[number];
}

static void pending_from(struct vgic_cpu *cpu, uint32_t number, uint32_t sources, bool set)
{
    cpu->source[number] =
        (uint8_t)(set ? cpu->source[number] | sources : cpu->source[number] & ~sources);
    if (cpu->source[number] != 0u) {
        cpu->own.latched |= 1u << number;
    } else {
        cpu->own.latched &= ~(1u << number);
    }
}

static void byte_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset, uint32_t value)
{
    uint32_t number = offset - VGIC_ITARGETSR;

    if (offset >= GICD_CPENDSGIR) {
        pending_from(cpu, offset & 0xfu, value & cpu_mask(vgic), offset >= GICD_SPENDSGIR);
    } else if (number >= VGIC_PRIVATE && vgic->cpu_count > 1u) {
        vgic->target[number] = (uint8_t)(value & cpu_mask(vgic));
    }
}

static bool of_bytes(uint32_t offset, uint32_t size)
{
    return ((offset >= VGIC_ITARGETSR && offset < VGIC_ITARGETSR + VGIC_LINES) ||
            (offset >= GICD_CPENDSGIR && offset < GICD_SPENDSGIR_END)) &&
           size <= 4u && offset % size == 0u;
}

// --------------------------------------------------------------------------------------------- words

static uint32_t word_read(const struct vgic *vgic, uint32_t offset)
{
    switch (offset) {
    case GICD_CTLR:
        return vgic->control;
    case GICD_TYPER:
        return (vgic->cpu_count - 1u) << TYPER_CPUS_SHIFT | (VGIC_BANKS - 1u);
    case PIDR2:
        return REVISION_2;
    default:
        return 0;
    }
}

uint64_t vgic_v2_distributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                  uint32_t size)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 0, .last = VGIC_BANKS};
    uint32_t value = 0;

    if (of_bytes(offset, size)) {
        for (uint32_t i = 0; i < size; i++) {
            value |= (uint32_t)byte_read(vgic, cpu, offset + i) << (8u * i);
        }
        return value;
    }
    if (offset >= VGIC_IGROUPR && offset < VGIC_ICFGR_END) {
        return vgic_frame_read(&frame, offset, size);
    }
    return size == 4u ? word_read(vgic, offset) : 0u;
}

static void send(struct vgic *vgic, const struct vgic_cpu *cpu, uint32_t value)
{
    uint32_t self = 1u << vgic_cpu_number(vgic, cpu);
    uint32_t targets[4] = {SGIR_TARGETS(value), ~self, self, 0};

    vgic_sgi(vgic, cpu, targets[SGIR_FILTER(value)], value & 0xfu);
}

void vgic_v2_distributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                               uint32_t size, uint64_t value)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 0, .last = VGIC_BANKS};

    if (of_bytes(offset, size)) {
        for (uint32_t i = 0; i < size; i++) {
            byte_write(vgic, cpu, offset + i, (uint32_t)(value >> (8u * i)) & 0xffu);
        }
    } else if (offset >= VGIC_IGROUPR && offset < VGIC_ICFGR_END) {
        vgic_frame_write(&frame, offset, size, (uint32_t)value);
    } else if (offset == GICD_CTLR && size == 4u) {
        vgic->control = (uint32_t)value & (VGIC_GROUP0 | VGIC_GROUP1);
    } else if (offset == GICD_SGIR && size == 4u) {
        send(vgic, cpu, (uint32_t)value);
    }
}

void vgic_v2_interface_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                             uint32_t size, uint64_t value)
{
    if (offset == GICC_DIR && size == 4u) {
        vgic_deactivate(vgic, cpu, (uint32_t)value & 0x3ffu);
    }
}
