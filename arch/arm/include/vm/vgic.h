// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interrupt controller of a partition that runs an operating system of its own: which interrupts are
// enabled, pending, active, of what priority, and which of them are in list registers.
//
// Pure logic: it knows list registers as words in memory. Who calls it brings the words of the processor here
// before, and back afterwards.
//
// Between two changes an interrupt's pending and active state lies either in its bank or in a list register,
// never in both. vgic_open() takes all of it into the banks, vgic_close() chooses again what goes into list
// registers. Everything else here is called between the two.
//
// Which interrupts are in list registers, of n registers: the most urgent pending one, then the active ones,
// innermost first, then the other pending ones. So whatever the partition may take next is there. What is left
// out is made up for by maintenance interrupts: of pending ones, when no list register holds a pending one; of
// active ones, when the partition ends one that no list register holds.
//
// Source: Arm Generic Interrupt Controller Architecture Specification, GIC architecture version 3 and version 4
// (IHI 0069), and version 2.0 (IHI 0048).

#ifndef VM_VGIC_H
#define VM_VGIC_H

#include <septum/types.h>

/// Interrupts of a virtual controller: 16 from software, 16 of the processor, the others shared.
#define VGIC_LINES 256u
#define VGIC_BANKS (VGIC_LINES / 32u)
#define VGIC_SGIS 16u
#define VGIC_PRIVATE 32u
/// List registers, at most.
#define VGIC_LISTS_MAX 16u
/// Virtual processors, at most: what GICv2 can name.
#define VGIC_CPUS_MAX 8u

/// Bits of a priority that are there: the upper five of eight.
#define VGIC_PRIORITY_MASK 0xf8u

/// Hypervisor control of the virtual processor interface, the same in ICH_HCR_EL2 and GICH_HCR.
#define VGIC_HCR_ENABLE 0x1u
#define VGIC_HCR_ENTRY_MISSING 0x4u ///< maintenance: an interrupt ended that no list register holds
#define VGIC_HCR_NONE_PENDING 0x8u  ///< maintenance: no list register holds a pending one
#define VGIC_HCR_TRAP_END 0x4000u   ///< ICH_HCR_EL2 alone: writes to ICC_DIR_EL1 trap
#define VGIC_HCR_COUNT_SHIFT 27u    ///< how many such interrupts ended

/// GICD_CTLR of the virtual controller: groups that are forwarded.
#define VGIC_GROUP0 0x1u
#define VGIC_GROUP1 0x2u

/// State of 32 interrupts, a bit each.
struct vgic_bank {
    uint32_t enabled;
    uint32_t latched; ///< pending: it arrived, or the partition said so
    uint32_t level;   ///< the line of an emulated device is high
    uint32_t active;
    uint32_t edge;   ///< configured so: a line that is high is not pending by that alone
    uint32_t group1; ///< signalled as IRQ; the others as FIQ
    uint32_t listed; ///< in a list register
    uint32_t taken;  ///< in a list register, and its latch with it
    uint32_t
        hardware; ///< lines of assigned devices, and the virtual timer: same number in the hardware
    /// Interrupts that nothing can raise: their bits read zero and stay so. That keeps small what is chosen from.
    uint32_t absent;
    uint32_t
        release; ///< of those of the hardware, those that the hardware's controller must be told have ended
    uint8_t priority[32];
};

/// What a virtual processor has for itself.
struct vgic_cpu {
    /// List registers, in the form of the hardware (vgic_list.h): the processor's own while it does not run.
    uint64_t list[VGIC_LISTS_MAX];
    /// ICH_HCR_EL2 or GICH_HCR: what to write; before vgic_open(), what was read.
    uint32_t hcr;
    uint32_t
        used; ///< list registers that vgic_close() has filled, from the first on; the others are zero
    /// No list register asks for maintenance, nothing is left out: an interrupt that arrives may go straight into
    /// an empty one.
    bool plain;
    bool asleep;               ///< GICR_WAKER.ProcessorSleep
    uint8_t source[VGIC_SGIS]; ///< GICv2: processors that an SGI is pending from, a bit each
    uint8_t sender[VGIC_SGIS]; ///< GICv2: processor that the active SGI came from
    struct vgic_bank own;      ///< interrupts 0 … 31
};

struct vgic {
    struct vgic_bank shared[VGIC_BANKS - 1u]; ///< interrupts 32 …
    uint8_t target[VGIC_LINES];               ///< GICv2: mask of processors; GICv3: number of one
    uint8_t holder[VGIC_LINES];               ///< processor on which a shared one is active
    uint32_t control;                         ///< VGIC_GROUP0, VGIC_GROUP1
    uint32_t version;                         ///< 2 or 3
    uint32_t lists; ///< list registers of the hardware, 1 … VGIC_LISTS_MAX
    uint32_t cpu_count;
    struct vgic_cpu *cpu;
};

/// Everything off, nothing pending; .hardware and .absent stay as they are. version, lists,
/// cpu_count and cpu are set by the caller. Bound: constant for each virtual processor.
void vgic_reset(struct vgic *vgic);

/// Takes what list registers hold into the banks. Bound: list registers, and for each eight interrupts that ended
/// without one a look at all that are active.
void vgic_open(struct vgic *vgic);

/// Chooses what goes into the list registers, and sets each processor's hcr. Bound: interrupts that are pending or
/// active (at most VGIC_LINES) times list registers.
void vgic_close(struct vgic *vgic);

/// The bank of an interrupt; number < VGIC_LINES.
static inline struct vgic_bank *vgic_bank(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number)
{
    return number < VGIC_PRIVATE ? &cpu->own : &vgic->shared[number / 32u - 1u];
}

/// An interrupt arrived: of an assigned line, a doorbell, an edge. number < VGIC_LINES; cpu matters for private ones.
void vgic_pulse(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number);

/// The line of an emulated device is high or low.
void vgic_level(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number, bool high);

/// A processor of the partition sends interrupt number (0 … 15) to those of a mask; bits of processors that are
/// not there are without effect.
void vgic_sgi(struct vgic *vgic, const struct vgic_cpu *from, uint32_t targets, uint32_t number);

/// What an empty list register has to hold for a line of the hardware that arrives now; 0 if it must go through
/// vgic_pulse(). Holds while the processor is plain and no register of the controller is written.
uint64_t vgic_direct(const struct vgic *vgic, const struct vgic_cpu *cpu, uint32_t number);

/// The partition ends an active interrupt by a register that traps. Any number.
void vgic_deactivate(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number);

/// Number of a virtual processor.
static inline uint32_t vgic_cpu_number(const struct vgic *vgic, const struct vgic_cpu *cpu)
{
    return (uint32_t)(cpu - vgic->cpu);
}

#endif
