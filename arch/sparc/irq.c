// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// IRQMP: lines 1 … 15, of which 15 cannot be held off by the processor's level and stays masked.

#include <hal/console.h>
#include <hal/cpu.h>
#include <hal/irq.h>
#include <hal/trap.h>

#include <arch/io.h>
#include <arch/uart.h>

#define IRQMP_LEVEL IO_REGISTER(BOARD_IRQMP, 0x00)
#define IRQMP_PENDING IO_REGISTER(BOARD_IRQMP, 0x04)
#define IRQMP_CLEAR IO_REGISTER(BOARD_IRQMP, 0x0c)
#define IRQMP_MASK IO_REGISTER(BOARD_IRQMP, 0x40)
#define IRQMP_FORCE IO_REGISTER(BOARD_IRQMP, 0x80)

#define LINE_BIT(line) (1u << (line))
#define LINES_ALL 0xfffeu

/// Whether the UART's line is a partition's: it is not the console's then.
static bool uart_given;

void hal_irq_init(void)
{
    IRQMP_LEVEL = 0;
    IRQMP_MASK = LINE_BIT(BOARD_LINE_TIMER);
    IRQMP_CLEAR = LINES_ALL;
    uart_given = false;
}

// The highest line of a set that is not empty.
static uint32_t highest(uint32_t lines)
{
    uint32_t line = 0;

    for (uint32_t half = 8; half != 0u; half /= 2u) {
        if (lines >> (line + half) != 0u) {
            line += half;
        }
    }
    return line;
}

__attribute__((noinline)) int32_t hal_irq_take(void)
{
    struct hal_cpu *cpu = hal_cpu_this();
    uint32_t lines = cpu->latched;
    uint32_t line = BOARD_LINE_TIMER;

    if (lines == 0u) {
        lines = IRQMP_PENDING & IRQMP_MASK & LINES_ALL;
        if (lines == 0u) {
            return HAL_IRQ_NONE;
        }
    }
    if ((lines & LINE_BIT(BOARD_LINE_TIMER)) == 0u) {
        line = highest(lines);
    }
    if (cpu->latched != 0u) {
        cpu->latched = lines & ~LINE_BIT(line);
    } else {
        IRQMP_CLEAR = LINE_BIT(line);
    }
    if (line == BOARD_LINE_TIMER) {
        return HAL_IRQ_TIMER;
    }
    if (line == BOARD_LINE_UART && !uart_given) {
        return HAL_IRQ_CONSOLE;
    }
    return (int32_t)line;
}

// Called by trap.S with the line that trapped, which acknowledged it; not the timer's.
struct hal_context *irq_trap(uint32_t line);
struct hal_context *irq_trap(uint32_t line)
{
    struct hal_cpu *cpu = hal_cpu_this();

    if (cpu->latched != 0u || line == BOARD_LINE_UART) {
        cpu->latched |= LINE_BIT(line);
        line = (uint32_t)hal_irq_take();
    }
    return kernel_interrupt((int32_t)line);
}

void hal_irq_enable(uint32_t line)
{
    IRQMP_MASK |= LINE_BIT(line);
}

void hal_irq_disable(uint32_t line)
{
    IRQMP_MASK &= ~LINE_BIT(line);
}

void hal_irq_give(uint32_t line, uint32_t cpu)
{
    (void)cpu;
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
        IRQMP_MASK |= LINE_BIT(BOARD_LINE_UART);
        // The UART signals the next byte that leaves it: without one on its way, nothing would come.
        if (uart_ready()) {
            IRQMP_FORCE = LINE_BIT(BOARD_LINE_UART);
        }
    } else {
        IRQMP_MASK &= ~LINE_BIT(BOARD_LINE_UART);
        IRQMP_CLEAR = LINE_BIT(BOARD_LINE_UART);
    }
    return true;
}
