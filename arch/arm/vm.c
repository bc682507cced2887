// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Machines of unmodified operating systems: their interrupt controller's list registers, their lines.

#include <arch/vm.h>

#include <arch/gic.h>
#include <arch/trap.h>
#include <hal/irq.h>
#include <hal/space.h>
#include <septum/config.h>
#include <septum/irq.h>
#include <vm/vgic_list.h>
#include <vm/vgic_registers.h>

#define VMCR_SPLIT (1u << 9)
#define LIST_DIRECT_SHIFT 48u

static bool is_loaded(const struct vm *vm)
{
    return hal_cpu_this()->context == vm->context;
}

// ------------------------------------------------------------------------------------ list registers

// clang-format off
#define EACH_LIST(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
// clang-format on

static uint64_t list_read(uint32_t n)
{
    switch (n) {
#define READ(i)                                                                                    \
    case i:                                                                                        \
        return SYSREG_READ(ich_lr##i##_el2);
        EACH_LIST(READ)
    default:
        return 0;
    }
}

static void list_write(uint32_t n, uint64_t value)
{
    switch (n) {
#define WRITE(i)                                                                                   \
    case i:                                                                                        \
        SYSREG_WRITE(ich_lr##i##_el2, value);                                                      \
        break;
        EACH_LIST(WRITE)
    default:
        break;
    }
}

static uint32_t all_lists(const struct vm *vm)
{
    return (1u << vm->vgic.lists) - 1u;
}

static void fetch_lists(struct vm *vm)
{
    vm->busy = all_lists(vm) & ~(uint32_t)SYSREG_READ(ich_elrsr_el2);
    for (uint32_t i = 0; i < vm->vgic.lists; i++) {
        vm->cpu.list[i] = (vm->busy >> i & 1u) != 0u ? list_read(i) : 0u;
    }
    vm->cpu.hcr = (uint32_t)SYSREG_READ(ich_hcr_el2);
    // Where an interrupt ends in two steps, the second one traps while it could miss its list register; the
    // first one ends nothing, but some processors count it.
    if ((SYSREG_READ(ich_vmcr_el2) & VMCR_SPLIT) != 0u) {
        vm->cpu.hcr &= (1u << VGIC_HCR_COUNT_SHIFT) - 1u;
    }
}

static void put_lists(struct vm *vm)
{
    for (uint32_t i = 0; i < vm->vgic.lists; i++) {
        if (i < vm->cpu.used || (vm->busy >> i & 1u) != 0u) {
            list_write(i, vm->cpu.list[i]);
        }
    }
    for (uint32_t i = 0; i < vm->cpu.used; i++) { // for vm_sgi_directly()
        uint32_t number = (uint32_t)vm->cpu.list[i];

        if (number < VGIC_SGIS) {
            vm->where[number] = (uint8_t)i;
        }
    }
    SYSREG_WRITE(ich_hcr_el2, vm->cpu.hcr);
    vm->context->direct = vm->cpu.plain ? vm->direct : NULL;
}

// The usual case of an access to the controller: nothing went into list registers, and nothing is there.
static bool lists_are_empty(struct vm *vm)
{
    return vm->cpu.used == 0u && SYSREG_READ(ich_hcr_el2) == VGIC_HCR_ENABLE &&
           (SYSREG_READ(ich_elrsr_el2) & all_lists(vm)) == all_lists(vm);
}

// Lines that the partition's controller has ended, end in the hardware's.
static void release_lines(struct vm *vm)
{
    if (vm->cpu.own.release != 0u) {
        GICR_CLEAR_ACTIVE = vm->cpu.own.release;
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
        if (lists_are_empty(vm)) {
            vm->busy = 0;
            vm->cpu.own.listed = 0; // sgi_directly()
            vm->cpu.own.taken = 0;
            return;
        }
        fetch_lists(vm);
    }
    vgic_open(&vm->vgic);
}

void vm_close(struct vm *vm)
{
    vgic_close(&vm->vgic);
    release_lines(vm);
    if (is_loaded(vm)) {
        put_lists(vm);
    }
}

// --------------------------------------------------------------------------------------------- lines

static void line_on(struct vm *vm, uint32_t line)
{
    if (line < VGIC_PRIVATE) {
        if (is_loaded(vm)) {
            GICR_ENABLE = LINE_BIT(line);
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
        GICR_DISABLE = LINE_BIT(line);
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
    vm_open(vm);
    vgic_pulse(&vm->vgic, &vm->cpu, line);
    vm_close(vm);
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

#define SGI_NUMBER(value) ((uint32_t)((value) >> 24) & 0xfu)
#define SGI_NOT_SELF 0x00fff1ff00ff0000ull // other affinities, a range, all others

bool vm_sgi_directly(struct vm *vm, uint64_t value)
{
    struct vgic_bank *bank = &vm->cpu.own;
    uint32_t number = SGI_NUMBER(value);
    uint32_t bit = 1u << number;
    uint32_t empty;
    uint32_t n;

    if ((value & (SGI_NOT_SELF | 1u)) != 1u || !vm->cpu.plain ||
        (bank->enabled & bank->group1 & bit & (0u - (vm->vgic.control >> 1 & 1u))) == 0u) {
        return false;
    }
    if ((bank->listed & bit) != 0u) { // it may still be where it went
        uint64_t old = list_read(vm->where[number]);

        if ((uint32_t)old == number && old >> VGIC_LR3_STATE_SHIFT != 0u) {
            return old >> VGIC_LR3_STATE_SHIFT == VGIC_LIST_PENDING;
        }
    }
    empty = (uint32_t)SYSREG_READ(ich_elrsr_el2);
    if (empty == 0u) {
        return false;
    }
    n = (uint32_t)__builtin_ctz(empty);
    vm->where[number] = (uint8_t)n;
    bank->listed |= bit;
    bank->taken |= bit;
    value = (uint64_t)VGIC_LIST_PENDING << VGIC_LR3_STATE_SHIFT | VGIC_LR3_GROUP1 |
            (uint64_t)bank->priority[number] << VGIC_LR3_PRIORITY_SHIFT | number;
    if (n == 0u) {
        SYSREG_WRITE(ich_lr0_el2, value);
    } else {
        list_write(n, value);
    }
    return true;
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
    fetch_lists(vm);
    vm->vmcr = SYSREG_READ(ich_vmcr_el2);
    vm->ap0 = SYSREG_READ(ich_ap0r0_el2);
    vm->ap1 = SYSREG_READ(ich_ap1r0_el2);
    SYSREG_WRITE(ich_hcr_el2, ICH_HCR_TRAP);
    // Another partition has the same timer.
    GICR_DISABLE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    while ((GICR_CTLR & GICR_CTLR_PENDING) != 0u) {
        hal_cpu_relax();
    }
    vm->timer_active = (GICR_SET_ACTIVE & LINE_BIT(BOARD_LINE_VIRTUAL_TIMER)) != 0u;
    if (vm->timer_active) {
        GICR_CLEAR_ACTIVE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
}

void vm_enter(struct vm *vm)
{
    SYSREG_WRITE(ich_vmcr_el2, vm->vmcr);
    SYSREG_WRITE(ich_ap0r0_el2, vm->ap0);
    SYSREG_WRITE(ich_ap1r0_el2, vm->ap1);
    vm->busy = all_lists(vm); // another partition's
    put_lists(vm);
    if (vm->timer_active) {
        GICR_SET_ACTIVE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
    if ((vm->lines_on & 1u) != 0u) {
        GICR_ENABLE = LINE_BIT(BOARD_LINE_VIRTUAL_TIMER);
    }
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
