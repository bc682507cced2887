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
#include <arch/trap.h>
#include <arch/uart.h>

/// Whether the UART's line is a partition's: it is not the console's then.
static bool uart_given;

bool gic_memory;

static void wait_for_distributor(void)
{
    while ((GICD_CTLR & GICD_CTLR_PENDING) != 0u) {
        hal_cpu_relax();
    }
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

// Version 2: private lines are the distributor's, too, and all are of group 0, which this interface signals.
static void init_in_memory(void)
{
    for (uint32_t n = 0; n < GIC_WORDS; n++) {
        GICD_GROUP(n) = 0;
    }
    for (uint32_t n = GIC_LINES_PER_WORD / 4u; n < BOARD_LINES / 4u; n++) {
        GICD_TARGETS(n) = GIC_FIRST_PROCESSOR; // ignored where there is one
    }
    for (uint32_t n = 0; n < GIC_LINES_PER_WORD / 4u; n++) {
        GICD_PRIORITY(n) = GIC_PRIORITIES;
    }
    GICD_DISABLE(0) = UINT32_MAX;
    GICD_CLEAR_PENDING(0) = UINT32_MAX;
    GICD_CLEAR_ACTIVE(0) = UINT32_MAX;
    GICD_ENABLE(0) = LINE_BIT(BOARD_LINE_TIMER);
    GICD_CTLR = GICD_CTLR_ON;
    GICC_BINARY_POINT = 0;
    GICC_PRIORITIES = GIC_PRIORITY_ALL;
    GICC_CTLR = GICD_CTLR_ON;
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

static void init_redistributor(void)
{
    GICR_WAKER &= ~GICR_WAKER_SLEEP;
    while ((GICR_WAKER & GICR_WAKER_ASLEEP) != 0u) {
        hal_cpu_relax();
    }
    GICR_DISABLE = UINT32_MAX;
    GICR_CLEAR_PENDING = UINT32_MAX;
    GICR_CLEAR_ACTIVE = UINT32_MAX;
    GICR_GROUP = UINT32_MAX;
    for (uint32_t n = 0; n < GIC_LINES_PER_WORD / 4u; n++) {
        GICR_PRIORITY(n) = GIC_PRIORITIES;
    }
    GICR_ENABLE = LINE_BIT(BOARD_LINE_TIMER) | LINE_BIT(BOARD_LINE_MAINTENANCE);
}

static void init_interface(void)
{
    SYSREG_WRITE(icc_sre_el2, ICC_SRE_OWN);
    __asm__ volatile("isb" : : : "memory");
    SYSREG_WRITE(icc_ctlr_el1, ICC_CTLR_SPLIT);
    SYSREG_WRITE(icc_bpr1_el1, 0);
    SYSREG_WRITE(icc_pmr_el1, GIC_PRIORITY_ALL);
    SYSREG_WRITE(icc_igrpen1_el1, 1);
    SYSREG_WRITE(ich_hcr_el2, ICH_HCR_TRAP);
    __asm__ volatile("isb" : : : "memory");
}

__attribute__((minsize)) void hal_irq_init(void)
{
    uart_given = false;
    gic_memory = (SYSREG_READ(id_aa64pfr0_el1) & PFR0_GIC) == 0u;
    init_distributor();
    if (gic_memory) {
        init_in_memory();
    } else {
        init_routing();
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
    return (int32_t)line;
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
    uint32_t bit = LINE_BIT(line);

    held[LINE_WORD(line)] = hold ? held[LINE_WORD(line)] | bit : held[LINE_WORD(line)] & ~bit;
}

void hal_irq_enable(uint32_t line)
{
    if ((held[LINE_WORD(line)] & LINE_BIT(line)) != 0u) {
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

void hal_irq_give(uint32_t line)
{
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
