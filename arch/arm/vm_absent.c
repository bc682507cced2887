// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No unmodified operating systems: the kernel refuses a partition that is one, so that no context has a machine and
// nobody comes here.

#include <hal/context.h>
#include <hal/space.h>

#include <arch/trap.h>
#include <arch/vm.h>

bool vm_build(struct vm *vm, const struct hal_machine *machine)
{
    (void)vm;
    (void)machine;
    return false;
}

void vm_reset(struct vm *vm)
{
    (void)vm;
}

void vm_leave(struct vm *vm)
{
    (void)vm;
}

void vm_enter(struct vm *vm)
{
    (void)vm;
}

void vm_interrupt(struct hal_context *context, uint32_t irq)
{
    (void)context;
    (void)irq;
}

void vm_exception(struct hal_context *context, uint64_t syndrome, uint64_t address)
{
    (void)context;
    (void)syndrome;
    (void)address;
}

bool vm_access(struct vm *vm, struct hal_context *context, uint32_t esr)
{
    (void)vm;
    (void)context;
    (void)esr;
    return false;
}

void vm_trap(struct hal_context *context, uint32_t esr)
{
    (void)context;
    (void)esr;
}

bool vm_line(struct hal_context *context, uint32_t line)
{
    (void)context;
    (void)line;
    return false;
}

void vm_resumed(struct hal_context *context)
{
    (void)context;
}
