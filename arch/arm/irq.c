// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The interrupt controller: lines as it numbers them, all of one priority and group.

#include <hal/console.h>
#include <hal/cpu.h>
#include <hal/irq.h>
#include <hal/timer.h>
#include <hal/trap.h>

#include <arch/gic.h>
#include <arch/smp.h>
#include <arch/trap.h>
#include <arch/uart.h>

bool uart_given;

bool gic_memory;

static void wait_for_distributor(void)
{
    while ((GICD_CTLR & GICD_CTLR_PENDING) != 0u) {
        hal_cpu_relax();
    }
}

// The distributor is one for all processors, and the first one's to start.
static bool is_first(void)
{
    return hal_cpu_index() == 0u;
}

static void init_distributor(void)
{
    GICD_CTLR = 0;
    wait_for_distributor();
    for (uint32_t n = 1; n < GIC_WORDS; n++) {
        GICD_DISABLE(n) = UINT32_MAX;
        GICD_CLEAR_PENDING(n) = UINT32_MAX;
        GICD_CLEAR_ACTIVE(n) = UINT32_MAX;
    }
    for (uint32_t n = GIC_LINES_PER_WORD / 4u; n < BOARD_LINES / 4u; n++) {
        GICD_PRIORITY(n) = GIC_PRIORITIES;
    }
    wait_for_distributor();
}

static void init_private(void)
{
    GIC_PRIVATE_DISABLE = UINT32_MAX;
    GIC_PRIVATE_CLEAR_PENDING = UINT32_MAX;
    GIC_PRIVATE_CLEAR_ACTIVE = UINT32_MAX;
    GIC_PRIVATE_ENABLE =
        LINE_BIT(BOARD_LINE_TIMER) | LINE_BIT(BOARD_LINE_MAINTENANCE) | LINE_BIT(GIC_KICK);
}

// Version 2: all lines are of group 0, which this interface signals.
static void init_targets(void)
{
    for (uint32_t n = 1; n < GIC_WORDS; n++) {
        GICD_GROUP(n) = 0;
    }
    for (uint32_t n = GIC_LINES_PER_WORD / 4u; n < BOARD_LINES / 4u; n++) {
        GICD_TARGETS(n) = GIC_FIRST_PROCESSOR; // ignored where there is one
    }
    GICD_CTLR = GICD_CTLR_ON;
}

// Private lines are in the distributor, too.
static void init_in_memory(void)
{
    GICD_GROUP(0) = 0;
    for (uint32_t n = 0; n < GIC_LINES_PER_WORD / 4u; n++) {
        GICD_PRIORITY(n) = GIC_PRIORITIES;
    }
    init_private();
    GICC_BINARY_POINT = 0;
    GICC_PRIORITIES = GIC_PRIORITY_ALL;
    GICC_CTLR = GICD_CTLR_ON | GICC_CTLR_SPLIT;
    GICH_CONTROL = 0;
}

static void init_routing(void)
{
    for (uint32_t n = 1; n < GIC_WORDS; n++) {
        GICD_GROUP(n) = UINT32_MAX;
    }
    GICD_CTLR = GICD_CTLR_AFFINITY | GICD_CTLR_GROUP1;
    wait_for_distributor();
    for (uint32_t line = GIC_LINES_PER_WORD; line < BOARD_LINES; line++) {
        GICD_ROUTER(line) = 0; // the first processor
    }
}

// Those of all processors lie one behind the other.
static uintptr_t find_redistributor(void)
{
    uint64_t me = smp_affinity(hal_cpu_index());
    uintptr_t at = BOARD_IO_START + BOARD_GICR;

    while (GICR_TYPER(at) >> GICR_TYPER_AFFINITY_SHIFT != me &&
           (GICR_TYPER(at) & GICR_TYPER_LAST) == 0u) {
        at += GICR_BYTES;
    }
    return at;
}

static void init_redistributor(void)
{
    hal_cpu_this()->redistributor = find_redistributor();
    GICR_WAKER &= ~GICR_WAKER_SLEEP;
    while ((GICR_WAKER & GICR_WAKER_ASLEEP) != 0u) {
        hal_cpu_relax();
    }
    GICR_GROUP = UINT32_MAX;
    for (uint32_t n = 0; n < GIC_LINES_PER_WORD / 4u; n++) {
        GICR_PRIORITY(n) = GIC_PRIORITIES;
    }
    init_private();
}

static void init_interface(void)
{
    SYSREG_WRITE(icc_ctlr_el1, ICC_CTLR_SPLIT);
    SYSREG_WRITE(icc_bpr1_el1, 0);
    SYSREG_WRITE(icc_pmr_el1, GIC_PRIORITY_ALL);
    SYSREG_WRITE(icc_igrpen1_el1, 1);
    SYSREG_WRITE(ich_hcr_el2, ICH_HCR_TRAP);
    __asm__ volatile("isb" : : : "memory");
}

void gic_find(void)
{
    gic_memory = (SYSREG_READ(id_aa64pfr0_el1) & PFR0_GIC) == 0u;
    if (!gic_memory) {
        SYSREG_WRITE(icc_sre_el2, ICC_SRE_OWN);
        __asm__ volatile("isb" : : : "memory");
    }
}

__attribute__((minsize)) void hal_irq_init(void)
{
    gic_find();
    if (is_first()) {
        uart_given = false;
        init_distributor();
        if (gic_memory) {
            init_targets();
        } else {
            init_routing();
        }
    }
    if (gic_memory) {
        init_in_memory();
    } else {
        init_redistributor();
        init_interface();
    }
}

// The timer's line falls with the comparison, before the interrupt ends.
static inline int32_t end_timer(void)
{
    timer_disarm();
    gic_end(BOARD_LINE_TIMER);
    return HAL_IRQ_TIMER;
}

__attribute__((noinline)) static int32_t end_line(uint32_t line)
{
    if (line >= ICC_NONE) {
        return HAL_IRQ_NONE;
    }
    if (line == BOARD_LINE_UART && !uart_given) {
        PL011_CLEAR = PL011_TRANSMIT;
        gic_end(line);
        return HAL_IRQ_CONSOLE;
    }
    gic_end(line);
    return line == GIC_KICK ? HAL_IRQ_KICK : (int32_t)line;
}

int32_t hal_irq_take(void)
{
    uint32_t line = gic_acknowledge();

    return line == BOARD_LINE_TIMER ? end_timer() : end_line(line);
}

// A line that is nothing for the unmodified operating system that ran.
static struct hal_context *irq_other(uint32_t line)
{
    int32_t irq = end_line(line);
    struct hal_context *context = hal_cpu_this()->context;

    if (irq != HAL_IRQ_NONE) {
        context = kernel_interrupt(irq);
        vm_resumed(context);
    }
    return context;
}

// Called by trap.S: an interrupt while a partition ran, acknowledged. It may have gone meanwhile.
struct hal_context *irq_taken(uint32_t line);
__attribute__((noinline)) struct hal_context *irq_taken(uint32_t line)
{
    struct hal_context *context = hal_cpu_this()->context;

    if (line == BOARD_LINE_TIMER) { // the short way of a slot's end
        return kernel_interrupt(end_timer());
    }
    return vm_line(context, line) ? context : irq_other(line);
}

struct hal_context *irq_trap(void);
struct hal_context *irq_trap(void)
{
    uint32_t line = gic_acknowledge();

    return line == BOARD_LINE_TIMER ? kernel_interrupt(end_timer()) : irq_taken(line);
}

// Lines of unmodified operating systems that these have switched off themselves.
static uint32_t held[GIC_WORDS];

void irq_hold(uint32_t line, bool hold)
{
    if (hold) { // lines of others, of other processors as well, are in the same word
        (void)__atomic_fetch_or(&held[LINE_WORD(line)], LINE_BIT(line), __ATOMIC_RELAXED);
    } else {
        (void)__atomic_fetch_and(&held[LINE_WORD(line)], ~LINE_BIT(line), __ATOMIC_RELAXED);
    }
}

void hal_irq_enable(uint32_t line)
{
    if ((__atomic_load_n(&held[LINE_WORD(line)], __ATOMIC_RELAXED) & LINE_BIT(line)) != 0u) {
        return;
    }
    GICD_ENABLE(LINE_WORD(line)) = LINE_BIT(line);
}

// A partition may run next, which is not to see a line that is off.
void hal_irq_disable(uint32_t line)
{
    GICD_DISABLE(LINE_WORD(line)) = LINE_BIT(line);
    wait_for_distributor();
}

void hal_irq_give(uint32_t line, uint32_t cpu)
{
    if (gic_memory) {
        uint32_t shift = 8u * (line % 4u);

        GICD_TARGETS(line / 4u) = (GICD_TARGETS(line / 4u) & ~(0xffu << shift)) | 1u << cpu
                                                                                     << shift;
    } else {
        GICD_ROUTER(line) = smp_affinity(cpu);
    }
    if (line == BOARD_LINE_UART) {
        hal_console_irq(false);
        uart_given = true;
    }
    hal_irq_disable(line);
}

bool irq_console(bool wanted)
{
    if (uart_given) {
        return false;
    }
    if (wanted) {
        hal_irq_enable(BOARD_LINE_UART);
        // The UART signals that its FIFO empties: without a byte in it, nothing would come.
        if (uart_ready()) {
            GICD_SET_PENDING(LINE_WORD(BOARD_LINE_UART)) = LINE_BIT(BOARD_LINE_UART);
        }
    } else {
        hal_irq_disable(BOARD_LINE_UART);
        GICD_CLEAR_PENDING(LINE_WORD(BOARD_LINE_UART)) = LINE_BIT(BOARD_LINE_UART);
    }
    return true;
}
