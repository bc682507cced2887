// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Machines of unmodified operating systems: their interrupt controller's state and its lines.

#include <arch/vm.h>

#include <arch/gic.h>
#include <arch/trap.h>
#include <arch/vm_lists.h>
#include <hal/irq.h>
#include <hal/space.h>
#include <septum/config.h>
#include <septum/irq.h>
#include <vm/vgic_list.h>
#include <vm/vgic_registers.h>

#define LIST_DIRECT_SHIFT 48u

static bool is_loaded(const struct vm *vm)
{
    return hal_cpu_this()->context == vm->context;
}

// Lines that the partition's controller has ended, end in the hardware's.
static void release_lines(struct vm *vm)
{
    if (vm->cpu.own.release != 0u) {
        GIC_PRIVATE_CLEAR_ACTIVE = vm->cpu.own.release;
        vm->cpu.own.release = 0;
        vm->timer_active = false;
    }
    for (uint32_t i = 1; i < vm->line_count; i++) {
        struct vgic_bank *bank = vgic_bank(&vm->vgic, &vm->cpu, vm->line[i]);
        uint32_t bit = LINE_BIT(vm->line[i]);

        if ((bank->release & bit) != 0u) {
            GICD_CLEAR_ACTIVE(LINE_WORD(vm->line[i])) = bit;
            bank->release &= ~bit;
        }
    }
}

void vm_open(struct vm *vm)
{
    if (is_loaded(vm)) {
        if (lists_nothing(vm)) {
            vm->busy = 0;
            vm->cpu.own.listed = 0; // of interrupts from software that went directly
            vm->cpu.own.taken = 0;
            return;
        }
        lists_fetch(vm);
    }
    vgic_open(&vm->vgic);
}

void vm_close(struct vm *vm)
{
    vgic_close(&vm->vgic);
    release_lines(vm);
    if (is_loaded(vm)) {
        lists_put(vm);
    }
}

// --------------------------------------------------------------------------------------------- lines

static void line_on(struct vm *vm, uint32_t line)
{
    if (line < VGIC_PRIVATE) {
        if (is_loaded(vm)) {
            GIC_PRIVATE_ENABLE = LINE_BIT(line);
        }
    } else {
        irq_hold(line, false);
        if (is_loaded(vm)) {
            hal_irq_enable(line);
        }
    }
}

static void line_off(uint32_t line)
{
    if (line < VGIC_PRIVATE) {
        GIC_PRIVATE_DISABLE = LINE_BIT(line);
    } else {
        irq_hold(line, true);
        hal_irq_disable(line);
    }
}

void vm_lines(struct vm *vm)
{
    for (uint32_t i = 0; i < vm->line_count; i++) {
        uint32_t line = vm->line[i];
        bool on = (vgic_bank(&vm->vgic, &vm->cpu, line)->enabled & LINE_BIT(line)) != 0u;

        vm->direct[line] = (uint16_t)(vgic_direct(&vm->vgic, &vm->cpu, line) >> LIST_DIRECT_SHIFT);
        if (on != ((vm->lines_on & (1u << i)) != 0u)) {
            vm->lines_on ^= 1u << i;
            if (on) {
                line_on(vm, line);
            } else {
                line_off(line);
            }
        }
    }
}

bool vm_line(struct hal_context *context, uint32_t line)
{
    struct vm *vm = context->vm;

    if (vm == NULL || line >= VGIC_LINES) {
        return false;
    }
    if (line == BOARD_LINE_MAINTENANCE) {
        vm_open(vm);
        vm_close(vm);
        gic_end(line);
        return true;
    }
    if ((vgic_bank(&vm->vgic, &vm->cpu, line)->hardware & LINE_BIT(line)) == 0u) {
        return false;
    }
    gic_drop(line);
    if (!lists_direct(vm, line)) {
        vm_open(vm);
        vgic_pulse(&vm->vgic, &vm->cpu, line);
        vm_close(vm);
    }
    return true;
}

// --------------------------------------------------------------------------------------------- events

void vm_interrupt(struct hal_context *context, uint32_t irq)
{
    struct vm *vm = context->vm;
    uint32_t number = 0;

    if (irq < SEP_IRQ_IPVI_FIRST) {
        return; // not at its controller, even if it asked for such by a hypercall
    }
    if (irq >= SEP_IRQ_DEVICE_FIRST) { // behind the timer's line, in the description's order
        number = vm->line[1u + irq - SEP_IRQ_DEVICE_FIRST];
    } else if (vm->doorbells != 0u) {
        number = vm->doorbells + irq - SEP_IRQ_IPVI_FIRST;
    }
    if (number != 0u) {
        vm_open(vm);
        vgic_pulse(&vm->vgic, &vm->cpu, number);
        vm_close(vm);
    }
}

void vm_uart_changed(struct vm *vm)
{
    vm->uart_high = !vm->uart_high;
    vm_open(vm);
    vgic_level(&vm->vgic, &vm->cpu, vm->uart_interrupt, vm->uart_high);
    vm_close(vm);
}

void vm_sgi(struct vm *vm, uint64_t value)
{
    vm_open(vm);
    vgic_v3_sgi(&vm->vgic, &vm->cpu, value);
    vm_close(vm);
}

// -------------------------------------------------------------------------------------- start and switch

void vm_reset(struct vm *vm)
{
    vgic_reset(&vm->vgic);
    vpl011_reset(&vm->uart);
    vm->uart_high = false;
    vm->vmcr = 0;
    vm->ap0 = 0;
    vm->ap1 = 0;
    vm_lines(vm);
    vm_close(vm);
}

void vm_leave(struct vm *vm)
{
    lists_leave(vm);
    // Another partition has the same timer.
    GIC_PRIVATE_DISABLE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    while (!gic_memory && (GICR_CTLR & GICR_CTLR_PENDING) != 0u) {
        hal_cpu_relax();
    }
    vm->timer_active = (GIC_PRIVATE_SET_ACTIVE & LINE_BIT(BOARD_LINE_VIRTUAL_TIMER)) != 0u;
    if (vm->timer_active) {
        GIC_PRIVATE_CLEAR_ACTIVE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
}

void vm_enter(struct vm *vm)
{
    lists_enter(vm);
    if (vm->timer_active) {
        GIC_PRIVATE_SET_ACTIVE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
    if ((vm->lines_on & 1u) != 0u) {
        GIC_PRIVATE_ENABLE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
    vm_input();
    vm_resumed(vm->context);
}

void vm_resumed(struct hal_context *context)
{
    struct vm *vm = context->vm;

    if (vm != NULL && vm->uart.starved && kernel_console_room()) {
        vpl011_room(&vm->uart);
        vm_uart_line(vm);
    }
}
