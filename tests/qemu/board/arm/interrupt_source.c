// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Test build of a board: a register that is none raises interrupt lines, which become pending in the GIC's distributor.

#include <hal/io.h>

#include <arch/gic.h>
#include <interrupt_source.h>

bool __real_hal_io_write(hal_phys_t address, uint32_t width, uint32_t value);
bool __wrap_hal_io_write(hal_phys_t address, uint32_t width, uint32_t value);

bool __wrap_hal_io_write(hal_phys_t address, uint32_t width, uint32_t value)
{
    if (address.value - SOURCE_REGISTER(0) >= SOURCE_SIZE) {
        return __real_hal_io_write(address, width, value);
    }
    value &= BOARD_LINES - 1u;
    GICD_SET_PENDING(LINE_WORD(value)) = LINE_BIT(value);
    __asm__ volatile(".globl interrupt_source_asserted\n"
                     "interrupt_source_asserted:"); // where measurements begin
    return true;
}
