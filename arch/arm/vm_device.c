// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loads and stores of unmodified operating systems to their virtual devices.

#include <arch/vm.h>

#include <arch/sysreg.h>
#include <arch/trap.h>
#include <arch/vm_lists.h>
#include <septum/config.h>
#include <vm/vgic_registers.h>

#define PAGE_SHIFT 12u
#define FRAME_OFFSET 0xffffu
#define SGIR_TARGETS 0x03ff0000u // whom, and the list
#define SGIR_FIRST 0x00010000u
#define SGIR_ITSELF 0x02000000u

static uint64_t register_read(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size)
{
    switch (kind) {
    case SEP_VDEVICE_GICV3_DISTRIBUTOR:
        return vgic_v3_distributor_read(&vm->vgic, &vm->cpu, offset, size);
    case SEP_VDEVICE_GICV3_REDISTRIBUTORS:
        return vgic_v3_redistributor_read(&vm->vgic, &vm->cpu, offset, size);
    case SEP_VDEVICE_GICV2_DISTRIBUTOR:
        return vgic_v2_distributor_read(&vm->vgic, &vm->cpu, offset, size);
    default: // GICC_DIR
        return 0;
    }
}

static void register_write(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size,
                           uint64_t value)
{
    switch (kind) {
    case SEP_VDEVICE_GICV3_DISTRIBUTOR:
        vgic_v3_distributor_write(&vm->vgic, &vm->cpu, offset, size, value);
        break;
    case SEP_VDEVICE_GICV3_REDISTRIBUTORS:
        vgic_v3_redistributor_write(&vm->vgic, &vm->cpu, offset, size, value);
        break;
    case SEP_VDEVICE_GICV2_DISTRIBUTOR:
        vgic_v2_distributor_write(&vm->vgic, &vm->cpu, offset, size, value);
        break;
    default:
        vgic_v2_interface_write(&vm->vgic, &vm->cpu, offset, size, value);
        break;
    }
}

// What is pending or active may be in list registers; everything else is not.
static uint64_t controller_read(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size)
{
    uint64_t value;

    if (((offset & FRAME_OFFSET) < VGIC_ISPENDR || (offset & FRAME_OFFSET) >= VGIC_IPRIORITYR) &&
        (kind != SEP_VDEVICE_GICV2_DISTRIBUTOR || offset < VGIC_V2_SGIS)) {
        return register_read(vm, kind, offset, size);
    }
    vm_open(vm);
    value = register_read(vm, kind, offset, size);
    vm_close(vm);
    return value;
}

// GICD_SGIR: to the processor itself, by name or as the only one of the list.
static bool sends_itself(uint32_t kind, uint32_t offset, uint32_t size, uint64_t value)
{
    uint32_t targets = (uint32_t)value & SGIR_TARGETS;

    return kind == SEP_VDEVICE_GICV2_DISTRIBUTOR && offset == VGIC_V2_SGIS && size == 4u &&
           (targets == SGIR_ITSELF || targets == SGIR_FIRST);
}

static void controller_write(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size,
                             uint64_t value)
{
    if (sends_itself(kind, offset, size, value) && lists_send(vm, (uint32_t)value & 0xfu)) {
        return;
    }
    vm_open(vm);
    register_write(vm, kind, offset, size, value);
    vm_lines(vm);
    vm_close(vm);
}

static uint32_t uart_read(struct vm *vm, uint32_t offset)
{
    uint32_t value = vpl011_read(&vm->uart, offset, kernel_console_room());

    if (offset == 0u) {
        vm_input_read(vm);
    }
    return value;
}

static uint64_t device_read(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size)
{
    uint64_t value;

    switch (kind) {
    case SEP_VDEVICE_PL011:
        value = uart_read(vm, offset);
        vm_uart_line(vm);
        return value;
    case SEP_VDEVICE_DOORBELLS:
        return 0;
    default:
        return controller_read(vm, kind, offset, size);
    }
}

static void uart_write(struct vm *vm, uint32_t offset, uint32_t value)
{
    if (vpl011_write(&vm->uart, offset, value)) {
        vpl011_sent(&vm->uart, kernel_console_put((uint8_t)value));
    }
}

static void device_write(struct vm *vm, uint32_t kind, uint32_t offset, uint32_t size,
                         uint64_t value)
{
    switch (kind) {
    case SEP_VDEVICE_PL011:
        uart_write(vm, offset, (uint32_t)value);
        vm_uart_line(vm);
        break;
    case SEP_VDEVICE_DOORBELLS:
        // What it may not raise is refused, and an event if the description says so.
        (void)kernel_hypercall_table[SEP_HC_irq_raise](offset >> PAGE_SHIFT, 0, 0, 0, 0);
        break;
    default:
        controller_write(vm, kind, offset, size, value);
        break;
    }
}

// Any access. False: no device is there.
__attribute__((noinline)) static bool access_any(struct vm *vm, struct hal_context *context,
                                                 uint32_t esr)
{
    struct vmmio_access access;
    const struct vmmio_region *region;
    uint32_t offset;

    if (!vmmio_decode(esr, SYSREG_READ(hpfar_el2), SYSREG_READ(far_el2), &access)) {
        return false;
    }
    region = vmmio_find(&vm->map, access.address, access.size);
    if (region == NULL) {
        return false;
    }
    offset = (uint32_t)(access.address - region->start);
    if (access.write) {
        device_write(vm, region->kind, offset, access.size,
                     access.target < 31u ? context->x[access.target] : 0u);
    } else {
        uint64_t value = device_read(vm, region->kind, offset, access.size);

        if (access.target < 31u) {
            context->x[access.target] = vmmio_loaded(&access, value);
        }
    }
    return true;
}

// A system that writes to its console does little else: the UART's registers have a way of their own.
static inline bool access_uart(struct vm *vm, struct hal_context *context, uint32_t esr)
{
    uint64_t offset = vmmio_address(SYSREG_READ(hpfar_el2), SYSREG_READ(far_el2)) - vm->uart_start;
    uint32_t target = vmmio_target(esr);

    if (offset >= VPL011_SIZE || !vmmio_is_simple(esr)) {
        return false;
    }
    if (!vmmio_is_write(esr)) {
        uint32_t value = uart_read(vm, (uint32_t)offset);

        if (target < 31u) {
            context->x[target] = vmmio_word(esr, value);
        }
    } else {
        uart_write(vm, (uint32_t)offset, target < 31u ? (uint32_t)context->x[target] : 0u);
    }
    vm_uart_line(vm);
    return true;
}

bool vm_access(struct vm *vm, struct hal_context *context, uint32_t esr)
{
    return access_uart(vm, context, esr) || access_any(vm, context, esr);
}
