// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interface of the processor that the partition's context is loaded on: list registers and state.
// Bounds: list registers.

#ifndef ARCH_VM_LISTS_H
#define ARCH_VM_LISTS_H

#include <arch/vm.h>

/// Brings what the processor has to vm->cpu for vgic_open(), and back after vgic_close().
void lists_fetch(struct vm *vm);
void lists_put(struct vm *vm);

/// The usual case of an access to the controller: nothing went into list registers, and nothing is there.
bool lists_nothing(struct vm *vm);

/// Version 2: a line of the hardware that has arrived goes straight into an empty list register. False: something
/// else has to be looked at. Of version 3 the vector does it (trap.S).
bool lists_direct(struct vm *vm, uint32_t number);

/// Version 2: an interrupt from software that the processor sends itself, number 0 … 15. False: the same. Of version 3
/// it is vm_sgi_directly().
bool lists_send(struct vm *vm, uint32_t number);

/// The context stops being loaded, or is loaded.
void lists_leave(struct vm *vm);
void lists_enter(struct vm *vm);

#endif
