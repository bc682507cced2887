// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of the virtual GICv3: distributor, redistributors, ICC_SGI1R_EL1. One security state, affinity routing
// always on, no message-based interrupts.
//
// Source: IHI 0069, 12.8 (GICD), 12.10 and 12.11 (GICR), 12.2 (ICC_SGI1R_EL1).

#include <vm/vgic_registers.h>

#define GICD_CTLR 0x0000u
#define GICD_TYPER 0x0004u
#define GICD_IROUTER 0x6000u
#define GICR_CTLR 0x0000u
#define GICR_TYPER 0x0008u
#define GICR_WAKER 0x0014u
#define GICR_SGI_FRAME 0x10000u
#define PIDR2 0xffe8u

#define CTLR_ARE (1u << 4) // affinity routing
#define CTLR_DS (1u << 6)  // one security state
#define TYPER_BITS_SHIFT 19u
#define TYPER_BITS 9u // numbers of 10 bits
#define TYPER_NO_1_OF_N (1u << 25)
#define REVISION_3 0x3bu // GICv3
#define WAKER_ASLEEP 0x6u
#define WAKER_SLEEP 0x2u

// Of affinities a virtual processor has the lowest byte, at most 15: its number.
#define AFFINITY0 0xffu
#define AFFINITY_OTHERS 0xff00ffff00ull

static uint32_t distributor_word(const struct vgic *vgic, uint32_t offset)
{
    switch (offset) {
    case GICD_CTLR:
        return vgic->control | CTLR_ARE | CTLR_DS;
    case GICD_TYPER:
        return TYPER_NO_1_OF_N | TYPER_BITS << TYPER_BITS_SHIFT | (VGIC_BANKS - 1u);
    case PIDR2:
        return REVISION_3;
    default:
        return 0;
    }
}

static bool is_router(uint32_t offset, uint32_t *number)
{
    *number = (offset - GICD_IROUTER) / 8u;
    return offset >= GICD_IROUTER + 8u * VGIC_PRIVATE && *number < VGIC_LINES;
}

uint64_t vgic_v3_distributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                  uint32_t size)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 1, .last = VGIC_BANKS};
    uint32_t number;

    if (is_router(offset, &number)) {
        bool low = offset % 8u == 0u && (size == 8u || size == 4u);

        return low ? vgic->target[number] : 0u; // the upper word is affinity 3
    }
    if (offset >= VGIC_IGROUPR && offset < VGIC_ICFGR_END) {
        return vgic_frame_read(&frame, offset, size);
    }
    return size == 4u ? distributor_word(vgic, offset) : 0u;
}

void vgic_v3_distributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                               uint32_t size, uint64_t value)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 1, .last = VGIC_BANKS};
    uint32_t number;

    if (is_router(offset, &number)) {
        if (offset % 8u == 0u && (size == 8u || size == 4u)) {
            // A processor that is not there gets nothing: one that cannot be.
            bool other = (value & AFFINITY_OTHERS) != 0u;

            vgic->target[number] = other ? (uint8_t)AFFINITY0 : (uint8_t)(value & AFFINITY0);
        }
    } else if (offset >= VGIC_IGROUPR && offset < VGIC_ICFGR_END) {
        vgic_frame_write(&frame, offset, size, (uint32_t)value);
    } else if (offset == GICD_CTLR && size == 4u) {
        vgic->control = (uint32_t)value & (VGIC_GROUP0 | VGIC_GROUP1);
    }
}

static uint64_t typer(const struct vgic *vgic, const struct vgic_cpu *cpu)
{
    uint64_t number = vgic_cpu_number(vgic, cpu);
    uint64_t last = number + 1u == vgic->cpu_count ? 1u << 4 : 0u;

    return number << 32 | number << 8 | last;
}

static uint64_t redistributor_control(const struct vgic *vgic, const struct vgic_cpu *cpu,
                                      uint32_t offset, uint32_t size)
{
    if (offset == GICR_TYPER && (size == 8u || size == 4u)) {
        return size == 8u ? typer(vgic, cpu) : (uint32_t)typer(vgic, cpu);
    }
    if (offset == GICR_TYPER + 4u && size == 4u) {
        return typer(vgic, cpu) >> 32;
    }
    if (size != 4u) {
        return 0;
    }
    switch (offset) {
    case GICR_WAKER:
        return cpu->asleep ? WAKER_ASLEEP : 0u;
    case PIDR2:
        return REVISION_3;
    default:
        return 0;
    }
}

uint64_t vgic_v3_redistributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                    uint32_t size)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 0, .last = 1};

    if (offset < GICR_SGI_FRAME) {
        return redistributor_control(vgic, cpu, offset, size);
    }
    return vgic_frame_read(&frame, offset - GICR_SGI_FRAME, size);
}

void vgic_v3_redistributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                 uint32_t size, uint64_t value)
{
    struct vgic_frame frame = {.vgic = vgic, .cpu = cpu, .first = 0, .last = 1};

    if (offset >= GICR_SGI_FRAME) {
        vgic_frame_write(&frame, offset - GICR_SGI_FRAME, size, (uint32_t)value);
    } else if (offset == GICR_WAKER && size == 4u) {
        cpu->asleep = (value & WAKER_SLEEP) != 0u;
    }
}

void vgic_v3_sgi(struct vgic *vgic, const struct vgic_cpu *from, uint64_t value)
{
    uint32_t number = (uint32_t)(value >> 24) & 0xfu;
    uint32_t targets = (uint32_t)value & 0xffffu;

    if ((value >> 40 & 1u) != 0u) {
        targets = ~(1u << vgic_cpu_number(vgic, from)); // all others
    } else if ((value & 0x00fff0ff00ff0000ull) != 0u) {
        return; // a range or an affinity that no virtual processor has
    }
    vgic_sgi(vgic, from, targets, number);
}
