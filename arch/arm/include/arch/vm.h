// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What an unmodified operating system has beside its memory and its processor's registers: the virtual interrupt
// controller, the virtual timer's line, an emulated UART, doorbells.
//
// While its context is loaded, the list registers and the processor interface's state are in the processor.

#ifndef ARCH_VM_H
#define ARCH_VM_H

#include <vm/vgic.h>
#include <vm/vmmio.h>
#include <vm/vpl011.h>

struct hal_context;
struct hal_machine;

/// Lines of the board that one has, the virtual timer's among them.
#define VM_LINES_MAX 17u

struct vm {
    struct vgic vgic;
    struct vgic_cpu cpu;
    struct vpl011 uart;
    struct vmmio_map map;
    uint64_t uart_start; ///< guest-physical; nowhere without one
    struct hal_context *context;
    uint64_t vmcr; ///< ICH_VMCR_EL2, ICH_AP0R0_EL2, ICH_AP1R0_EL2; or GICH_VMCR, GICH_APR
    uint64_t ap0;
    uint64_t ap1;
    bool uart_high; ///< its line, as the interrupt controller knows it
    bool
        timer_active; ///< the virtual timer's line is active at the hardware's controller, while not loaded
    uint32_t busy; ///< list registers of the processor that held something at the last look
    uint32_t uart_interrupt;
    uint32_t doorbells; ///< interrupt of the first; 0: there are none
    uint32_t line_count;
    uint32_t lines_on;           ///< that it has enabled, a bit each
    uint8_t line[VM_LINES_MAX];  ///< [0] is the virtual timer's
    uint8_t where[VGIC_SGIS];    ///< list register that an SGI went to last
    uint16_t direct[VGIC_LINES]; ///< struct hal_context has it
};

/// A machine with its devices and lines. False: this board cannot have it. Boot only.
bool vm_build(struct vm *vm, const struct hal_machine *machine);

/// The machine begins anew. Its context is not loaded.
void vm_reset(struct vm *vm);

/// The context that has it stops being loaded, or is loaded.
void vm_leave(struct vm *vm);
void vm_enter(struct vm *vm);

/// Between these two the virtual interrupt controller may be changed. Bounds: vgic_open(), vgic_close().
void vm_open(struct vm *vm);
void vm_close(struct vm *vm);

/// What the partition has written to its interrupt controller may have changed its lines. Between the two.
void vm_lines(struct vm *vm);

/// The emulated UART's line has changed.
void vm_uart_changed(struct vm *vm);

/// It may have.
static inline void vm_uart_line(struct vm *vm)
{
    if (vpl011_line(&vm->uart) != vm->uart_high) {
        vm_uart_changed(vm);
    }
}

/// Looks for input of the board's console, which goes to the UART of one machine, loaded or not (vinput.h). Bound:
/// VM_INPUT_BURST bytes.
#define VM_INPUT_BURST 16u
void vm_input(void);

/// The machine's UART gets input in its turn. Boot only.
void vm_input_add(struct vm *vm);

/// The partition has read a byte. If it was the last one, there may be more.
static inline void vm_input_read(const struct vm *vm)
{
    if (vpl011_is_read(&vm->uart)) {
        vm_input();
    }
}

/// Virtual interrupt irq (enum sep_irq) of the kernel.
void vm_interrupt(struct hal_context *context, uint32_t irq);

/// Interrupts from software: a write to ICC_SGI1R_EL1. Most go to the sender, and straight into an empty list
/// register; false: something else has to be looked at, which vm_sgi() does.
bool vm_sgi_directly(struct vm *vm, uint64_t value);
void vm_sgi(struct vm *vm, uint64_t value);

/// The context takes an exception at its own level, its pc and state as they are.
void vm_exception(struct hal_context *context, uint64_t syndrome, uint64_t address);

/// Does a load or store of the loaded context, if an emulated device is there. False: none is. Called by trap.S,
/// which skips the instruction then.
bool vm_access(struct vm *vm, struct hal_context *context, uint32_t esr);

#endif
