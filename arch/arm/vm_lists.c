// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interface of the processor: list registers and state, in system registers (version 3) or in memory
// (version 2).
//
// Source: IHI 0069, 12.4; IHI 0048, 5.3.

#include <arch/vm_lists.h>

#include <arch/gic.h>
#include <hal/context.h>
#include <vm/vgic_list.h>

#define MACHINE_SPLIT (1u << 9) // ICH_VMCR_EL2.VEOIM, GICH_VMCR.VEM

// clang-format off
#define EACH_LIST(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
// clang-format on

static uint64_t system_list(uint32_t n)
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

static void set_system_list(uint32_t n, uint64_t value)
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

static uint64_t read_list(uint32_t n)
{
    return gic_memory ? GICH_LIST(n) : system_list(n);
}

static void write_list(uint32_t n, uint64_t value)
{
    if (gic_memory) {
        GICH_LIST(n) = (uint32_t)value;
    } else {
        set_system_list(n, value);
    }
}

// Which list registers hold nothing, a bit each; above their number anything.
static uint32_t empty_lists(void)
{
    return gic_memory ? GICH_EMPTY : (uint32_t)SYSREG_READ(ich_elrsr_el2);
}

static uint32_t all_lists(const struct vm *vm)
{
    return (1u << vm->vgic.lists) - 1u;
}

static uint32_t control(void)
{
    return gic_memory ? GICH_CONTROL : (uint32_t)SYSREG_READ(ich_hcr_el2);
}

static void set_control(uint32_t value)
{
    if (gic_memory) {
        GICH_CONTROL = value;
    } else {
        SYSREG_WRITE(ich_hcr_el2, value);
    }
}

static uint32_t machine(void)
{
    return gic_memory ? GICH_MACHINE : (uint32_t)SYSREG_READ(ich_vmcr_el2);
}

void lists_fetch(struct vm *vm)
{
    vm->busy = all_lists(vm) & ~empty_lists();
    for (uint32_t i = 0; i < vm->vgic.lists; i++) {
        vm->cpu.list[i] = (vm->busy >> i & 1u) != 0u ? read_list(i) : 0u;
    }
    vm->cpu.hcr = control();
    // Where an interrupt ends in two steps, the second one traps while it could miss its list register; the
    // first one ends nothing, but some processors count it.
    if ((machine() & MACHINE_SPLIT) != 0u) {
        vm->cpu.hcr &= (1u << VGIC_HCR_COUNT_SHIFT) - 1u;
    }
}

void lists_put(struct vm *vm)
{
    for (uint32_t i = 0; i < vm->vgic.lists; i++) {
        if (i < vm->cpu.used || (vm->busy >> i & 1u) != 0u) {
            write_list(i, vm->cpu.list[i]);
        }
    }
    for (uint32_t i = 0; i < vm->cpu.used; i++) { // for interrupts from software
        uint32_t number = (uint32_t)vm->cpu.list[i] & GIC_LINE;

        if (number < VGIC_SGIS) {
            vm->where[number] = (uint8_t)i;
        }
    }
    set_control(vm->cpu.hcr);
    vm->context->direct = vm->cpu.plain && !gic_memory ? vm->direct : NULL;
}

bool lists_nothing(struct vm *vm)
{
    return vm->cpu.used == 0u && control() == VGIC_HCR_ENABLE &&
           (empty_lists() & all_lists(vm)) == all_lists(vm);
}

bool lists_direct(struct vm *vm, uint32_t number)
{
    uint32_t empty = empty_lists() & all_lists(vm);
    uint64_t value;

    if (!gic_memory || !vm->cpu.plain || empty == 0u) {
        return false;
    }
    value = vgic_direct(&vm->vgic, &vm->cpu, number);
    if (value == 0u) {
        return false;
    }
    GICH_LIST((uint32_t)__builtin_ctz(empty)) = (uint32_t)value;
    return true;
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
        uint64_t old = system_list(vm->where[number]);

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
        set_system_list(n, value);
    }
    return true;
}

// Enabled, and of a group that is forwarded.
static bool may_signal(const struct vm *vm, uint32_t number)
{
    uint32_t group = vm->cpu.own.group1 >> number & 1u;

    return (vm->cpu.own.enabled >> number & vm->vgic.control >> group & 1u) != 0u;
}

bool lists_send(struct vm *vm, uint32_t number)
{
    struct vgic_bank *bank = &vm->cpu.own;
    uint32_t bit = 1u << number;
    uint32_t empty = empty_lists() & all_lists(vm);
    struct vgic_list list = {.number = number, .state = VGIC_LIST_PENDING};

    if (!vm->cpu.plain || empty == 0u || !may_signal(vm, number)) {
        return false;
    }
    if ((bank->listed & bit) != 0u) {
        struct vgic_list old = vgic_list_unpack(2, GICH_LIST(vm->where[number]));

        if (old.number == number && old.state != 0u) {
            return old.state == VGIC_LIST_PENDING;
        }
    }
    list.priority = bank->priority[number];
    list.group1 = (bank->group1 & bit) != 0u;
    vm->where[number] = (uint8_t)__builtin_ctz(empty);
    bank->listed |= bit;
    bank->taken |= bit;
    GICH_LIST(vm->where[number]) = vgic_list_pack2(&list);
    return true;
}

void lists_leave(struct vm *vm)
{
    lists_fetch(vm);
    vm->vmcr = machine();
    if (gic_memory) {
        vm->ap0 = GICH_PRIORITIES;
        GICH_CONTROL = 0;
    } else {
        vm->ap0 = SYSREG_READ(ich_ap0r0_el2);
        vm->ap1 = SYSREG_READ(ich_ap1r0_el2);
        SYSREG_WRITE(ich_hcr_el2, ICH_HCR_TRAP);
    }
}

void lists_enter(struct vm *vm)
{
    if (gic_memory) {
        GICH_MACHINE = (uint32_t)vm->vmcr;
        GICH_PRIORITIES = (uint32_t)vm->ap0;
    } else {
        SYSREG_WRITE(ich_vmcr_el2, vm->vmcr);
        SYSREG_WRITE(ich_ap0r0_el2, vm->ap0);
        SYSREG_WRITE(ich_ap1r0_el2, vm->ap1);
    }
    vm->busy = all_lists(vm); // another partition's
    lists_put(vm);
}
