// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The interrupt controller's registers. Version 3: distributor and a redistributor per processor in memory, the
// processor's interface in system registers. Version 2: distributor and interface in memory, and what controls the
// virtual interface (GICH).
// Which one there is the processor says (gic_memory, irq.c). Source: Arm Generic Interrupt Controller
// Architecture Specification (IHI 0069, chapter 12, and IHI 0048, chapters 4 and 5).

#ifndef ARCH_GIC_H
#define ARCH_GIC_H

#include <arch/io.h>
#include <arch/sysreg.h>
#include <hal/cpu.h>

#define GICD_CTLR IO_REGISTER(BOARD_GICD, 0x0000)
#define GICD_GROUP(n) IO_REGISTER(BOARD_GICD, 0x0080 + 4u * (n))
#define GICD_ENABLE(n) IO_REGISTER(BOARD_GICD, 0x0100 + 4u * (n))
#define GICD_DISABLE(n) IO_REGISTER(BOARD_GICD, 0x0180 + 4u * (n))
#define GICD_SET_PENDING(n) IO_REGISTER(BOARD_GICD, 0x0200 + 4u * (n))
#define GICD_CLEAR_PENDING(n) IO_REGISTER(BOARD_GICD, 0x0280 + 4u * (n))
#define GICD_CLEAR_ACTIVE(n) IO_REGISTER(BOARD_GICD, 0x0380 + 4u * (n))
#define GICD_PRIORITY(n) IO_REGISTER(BOARD_GICD, 0x0400 + 4u * (n))
#define GICD_TARGETS(n) IO_REGISTER(BOARD_GICD, 0x0800 + 4u * (n))
#define GICD_ROUTER(line)                                                                          \
    (*(volatile uint64_t *)(uintptr_t)(BOARD_IO_START + BOARD_GICD + 0x6000u + 8u * (line)))
#define GICD_SGI IO_REGISTER(BOARD_GICD, 0x0f00)
// Of the processor that executes.
#define GICR_REGISTER(offset)                                                                      \
    (*(volatile uint32_t *)(hal_cpu_this()->redistributor + (uintptr_t)(offset)))
#define GICR_CTLR GICR_REGISTER(0x0000)
#define GICR_CTLR_PENDING 0x8u
#define GICR_WAKER GICR_REGISTER(0x0014)
#define GICR_PRIVATE 0x10000u
#define GICR_GROUP GICR_REGISTER(GICR_PRIVATE + 0x0080)
#define GICR_PRIORITY(n) GICR_REGISTER(GICR_PRIVATE + 0x0400 + 4u * (n))

#define GICC_CTLR IO_REGISTER(BOARD_GICC, 0x0000)
#define GICC_PRIORITIES IO_REGISTER(BOARD_GICC, 0x0004)
#define GICC_BINARY_POINT IO_REGISTER(BOARD_GICC, 0x0008)
#define GICC_ACKNOWLEDGE IO_REGISTER(BOARD_GICC, 0x000c)
#define GICC_END IO_REGISTER(BOARD_GICC, 0x0010)
#define GICC_DEACTIVATE IO_REGISTER(BOARD_GICC, 0x1000)

#define GICH_CONTROL IO_REGISTER(BOARD_GICH, 0x0000)
#define GICH_TYPE IO_REGISTER(BOARD_GICH, 0x0004)
#define GICH_MACHINE IO_REGISTER(BOARD_GICH, 0x0008)
#define GICH_EMPTY IO_REGISTER(BOARD_GICH, 0x0030)
#define GICH_PRIORITIES IO_REGISTER(BOARD_GICH, 0x00f0)
#define GICH_LIST(n) IO_REGISTER(BOARD_GICH, 0x0100 + 4u * (n))

#define GICD_CTLR_ON 0x01u     // version 2
#define GICC_CTLR_SPLIT 0x200u // an interrupt ends in two steps
#define GICD_CTLR_GROUP1 0x02u
#define GICD_CTLR_AFFINITY 0x10u
#define GICD_CTLR_PENDING 0x80000000u
#define GICR_BYTES 0x20000u
#define GICR_TYPER(base) (*(volatile uint64_t *)((base) + 8u))
#define GICR_TYPER_LAST 0x10u
#define GICR_TYPER_AFFINITY_SHIFT 32u
#define GICR_WAKER_SLEEP 0x2u
#define GICR_WAKER_ASLEEP 0x4u

#define GIC_LINES_PER_WORD 32u
#define GIC_WORDS (BOARD_LINES / GIC_LINES_PER_WORD)
#define GIC_PRIORITIES 0x80808080u
#define GIC_PRIORITY_ALL 0xffu
#define GIC_FIRST_PROCESSOR 0x01010101u
/// Interrupt from software with which a processor kicks another.
#define GIC_KICK 0u
#define GIC_LINE 0x3ffu

/// Whether the processor's interface lies in memory: version 2.
extern bool gic_memory;

/// Asks the processor: sets gic_memory, and switches the registers of version 3 on. Boot only.
void gic_find(void);

/// Lines of the processor's own: the distributor has them in version 2, the redistributor at the same offsets in
/// version 3.
static inline volatile uint32_t *gic_private(uint32_t offset)
{
    uintptr_t base = gic_memory ? (uintptr_t)BOARD_IO_START + BOARD_GICD
                                : hal_cpu_this()->redistributor + GICR_PRIVATE;

    return (volatile uint32_t *)(base + offset);
}

#define GIC_PRIVATE_ENABLE (*gic_private(0x0100))
#define GIC_PRIVATE_DISABLE (*gic_private(0x0180))
#define GIC_PRIVATE_CLEAR_PENDING (*gic_private(0x0280))
#define GIC_PRIVATE_SET_ACTIVE (*gic_private(0x0300))
#define GIC_PRIVATE_CLEAR_ACTIVE (*gic_private(0x0380))

static inline uint32_t gic_acknowledge(void)
{
    uint32_t line;

    if (gic_memory) {
        hal_cpu_this()->acknowledged = GICC_ACKNOWLEDGE;
        line = hal_cpu_this()->acknowledged & GIC_LINE;
    } else {
        line = (uint32_t)SYSREG_READ(icc_iar1_el1);
    }
    // Device and memory accesses that follow come after the acknowledgement.
    __asm__ volatile("dsb sy" : : : "memory");
    return line;
}

// Another interrupt may be taken; the line stays active, until a partition ends it in a list register.
static inline void gic_drop(uint32_t line)
{
    if (gic_memory) {
        GICC_END = hal_cpu_this()->acknowledged; // with who sent it
    } else {
        SYSREG_WRITE(icc_eoir1_el1, line);
    }
}

static inline void gic_end(uint32_t line)
{
    if (gic_memory) {
        GICC_END = hal_cpu_this()->acknowledged;
        GICC_DEACTIVATE = hal_cpu_this()->acknowledged;
    } else {
        SYSREG_WRITE(icc_eoir1_el1, line);
        SYSREG_WRITE(icc_dir_el1, line);
    }
}

#define LINE_BIT(line) (1u << ((line) % GIC_LINES_PER_WORD))
#define LINE_WORD(line) ((line) / GIC_LINES_PER_WORD)

#endif
