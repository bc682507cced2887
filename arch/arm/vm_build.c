// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Machines of unmodified operating systems at boot: their devices and lines, as the configuration has them.

#include <arch/vm.h>

#include <arch/gic.h>
#include <arch/trap.h>
#include <hal/space.h>
#include <septum/config.h>
#include <septum/irq.h>

#define VTR_LISTS(vtr) (((vtr) & 0x3fu) + 1u)
#define VTR_PREEMPTION_BITS(vtr) (((vtr) >> 26 & 7u) + 1u)

static void add_interrupt(struct vm *vm, uint32_t number)
{
    vgic_bank(&vm->vgic, &vm->cpu, number)->absent &= ~LINE_BIT(number);
}

// Only what a device can raise is there, and interrupts from software.
static void begin_interrupts(struct vm *vm)
{
    for (uint32_t number = 0; number < VGIC_LINES; number += VGIC_PRIVATE) {
        vgic_bank(&vm->vgic, &vm->cpu, number)->absent =
            number == 0u ? UINT32_MAX << VGIC_SGIS : UINT32_MAX;
    }
}

static void add_line(struct vm *vm, uint32_t line)
{
    vm->line[vm->line_count++] = (uint8_t)line;
    vgic_bank(&vm->vgic, &vm->cpu, line)->hardware |= LINE_BIT(line);
    add_interrupt(vm, line);
    if (line >= VGIC_PRIVATE) {
        irq_hold(line, true);
    }
}

// A partition finds the version that the hardware has.
static bool is_of_version(uint32_t kind, uint32_t version)
{
    switch (kind) {
    case SEP_VDEVICE_GICV2_DISTRIBUTOR:
    case SEP_VDEVICE_GICV2_INTERFACE:
        return version == 2u;
    case SEP_VDEVICE_GICV3_DISTRIBUTOR:
    case SEP_VDEVICE_GICV3_REDISTRIBUTORS:
        return version == 3u;
    default:
        return true;
    }
}

static bool add_device(struct vm *vm, const struct sep_cfg_vdevice *device, bool input)
{
    if (device->interrupt >= VGIC_LINES || !is_of_version(device->kind, vm->vgic.version)) {
        return false;
    }
    if (device->kind == SEP_VDEVICE_PL011) {
        vm->uart_start = device->start;
        vm->uart_interrupt = device->interrupt;
        add_interrupt(vm, device->interrupt);
        if (input) {
            vm_input_add(vm);
        }
    } else if (device->kind == SEP_VDEVICE_DOORBELLS) {
        if (device->interrupt > VGIC_LINES - SEP_IPVI_COUNT) {
            return false;
        }
        vm->doorbells = device->interrupt;
        for (uint32_t i = 0; i < SEP_IPVI_COUNT; i++) {
            add_interrupt(vm, device->interrupt + i);
        }
    }
    return vmmio_add(&vm->map, device->start, device->size, device->kind);
}

bool vm_build(struct vm *vm, const struct hal_machine *machine)
{
    uint32_t vtr;
    uint32_t lists;

    gic_find(); // hal_irq_init() comes later
    vtr = gic_memory ? GICH_TYPE : (uint32_t)SYSREG_READ(ich_vtr_el2);
    lists = VTR_LISTS(vtr);
    if (machine->vcpu_count != 1u || machine->interrupt_count >= VM_LINES_MAX ||
        VTR_PREEMPTION_BITS(vtr) > 5u) {
        return false;
    }
    *vm = (struct vm){.vgic = {.version = gic_memory ? 2u : 3u,
                               .lists = lists < VGIC_LISTS_MAX ? lists : VGIC_LISTS_MAX,
                               .cpu_count = 1}};
    vm->vgic.cpu = &vm->cpu;
    vm->context = machine->context;
    vm->context->vm = vm;
    vm->uart_start = UINT64_MAX;
    begin_interrupts(vm);
    add_line(vm, BOARD_LINE_VIRTUAL_TIMER);
    for (uint32_t i = 0; i < machine->interrupt_count; i++) {
        if (machine->interrupts[i].line >= VGIC_LINES) {
            return false;
        }
        add_line(vm, machine->interrupts[i].line);
    }
    for (uint32_t i = 0; i < machine->device_count; i++) {
        if (!add_device(vm, &machine->devices[i], machine->input)) {
            return false;
        }
    }
    return true;
}
