// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the kernel asks at boot: where things lie.

#include <hal/boot.h>
#include <hal/build_info.h>
#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/trap.h>

#include <arch/boot.h>

const char hal_board_name[] = BOARD_NAME;
const uint32_t hal_arch = SEP_ARCH_ARM64;

/// Stack of the first processor; entry.S starts at its end. First in the writable memory: an
/// overflow runs into the read-only pages below and is a fault.
extern uint8_t arm_stack[CONFIG_STACK_SIZE];
__attribute__((section(".bss.stack"), aligned(16))) uint8_t arm_stack[CONFIG_STACK_SIZE];

_Static_assert(CONFIG_STACK_SIZE % 16 == 0, "the processor's stack alignment");

static struct hal_context faults[CONFIG_CPUS_MAX];

void boot_processor(uint32_t index)
{
    struct hal_cpu *cpu = kernel_cpu_data(index);

    cpu->index = index;
    cpu->stack = index == 0u ? &arm_stack[CONFIG_STACK_SIZE]
                             : &boot_stacks[index - 1u].stack[CONFIG_STACK_SIZE];
    cpu->fault = &faults[index];
    SYSREG_WRITE(tpidr_el2, (uintptr_t)cpu);
}

uintptr_t hal_boot_start(void)
{
    return (uintptr_t)boot_start;
}

uintptr_t hal_boot_end(void)
{
    return (uintptr_t)boot_end;
}

bool hal_boot_is_ram(hal_phys_t start, uintptr_t size)
{
    return start.value >= BOARD_RAM_START && size <= BOARD_RAM_SIZE &&
           start.value - BOARD_RAM_START <= BOARD_RAM_SIZE - size;
}

// All RAM is mapped from the start (own.c).
void *hal_boot_map(hal_phys_t start, uintptr_t size)
{
    return hal_boot_is_ram(start, size) ? (void *)start.value : NULL;
}

void hal_boot_sizes(uint32_t *code, uint32_t *data)
{
    *code = (uint32_t)(boot_text_end - boot_start);
    *data = (uint32_t)(boot_data_end - bss_page);
}
