// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of the virtual interrupt controller, as a partition accesses them by loads and stores.
//
// Every function is called between vgic_open() and vgic_close(). offset: of the first byte, inside the frame; size:
// 1, 2, 4 or 8 bytes. What no register answers reads as zero, and a write to it is without effect. Bound: constant,
// and the processors of the partition for GICv2's SGIs.

#ifndef VM_VGIC_REGISTERS_H
#define VM_VGIC_REGISTERS_H

#include <vm/vgic.h>

/// Sizes of the frames.
#define VGIC_V3_DISTRIBUTOR_SIZE 0x10000u
#define VGIC_V3_REDISTRIBUTOR_SIZE 0x20000u
#define VGIC_V2_DISTRIBUTOR_SIZE 0x1000u

/// GICv2: what the distributor has of interrupts from software begins here.
#define VGIC_V2_SGIS 0xf00u

/// GICv3: distributor.
uint64_t vgic_v3_distributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                  uint32_t size);
void vgic_v3_distributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                               uint32_t size, uint64_t value);

/// GICv3: redistributor of one processor, which need not be the one that accesses it: both frames.
uint64_t vgic_v3_redistributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                    uint32_t size);
void vgic_v3_redistributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                 uint32_t size, uint64_t value);

/// GICv3: a write to ICC_SGI1R_EL1 by a processor.
void vgic_v3_sgi(struct vgic *vgic, const struct vgic_cpu *from, uint64_t value);

/// GICv2: distributor.
uint64_t vgic_v2_distributor_read(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                                  uint32_t size);
void vgic_v2_distributor_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                               uint32_t size, uint64_t value);

/// GICv2: second page of the processor interface, which GICC_DIR begins; the first is the hardware's own.
void vgic_v2_interface_write(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t offset,
                             uint32_t size, uint64_t value);

// ------------------------------------------------- what both versions have, of banks first … last - 1

/// Offsets that all frames with registers of interrupts share.
#define VGIC_IGROUPR 0x080u
#define VGIC_ISENABLER 0x100u
#define VGIC_ICENABLER 0x180u
#define VGIC_ISPENDR 0x200u
#define VGIC_ICPENDR 0x280u
#define VGIC_ISACTIVER 0x300u
#define VGIC_ICACTIVER 0x380u
#define VGIC_IPRIORITYR 0x400u
#define VGIC_ITARGETSR 0x800u
#define VGIC_ICFGR 0xc00u
#define VGIC_ICFGR_END 0xd00u

struct vgic_frame {
    struct vgic *vgic;
    struct vgic_cpu *cpu;
    uint32_t first; ///< bank
    uint32_t last;
};

uint32_t vgic_frame_read(const struct vgic_frame *frame, uint32_t offset, uint32_t size);
void vgic_frame_write(const struct vgic_frame *frame, uint32_t offset, uint32_t size,
                      uint32_t value);

#endif
