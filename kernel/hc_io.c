// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Checked access to single device registers.

#include <hal/io.h>
#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

static const struct sep_cfg_reg *find_register(sep_word_t address)
{
    const sep_list_reg *list = &cpu_caller()->partition->config->registers;

    for (uint32_t i = 0; i < list->count; i++) {
        const struct sep_cfg_reg *reg = &config.reg[list->first + i];

        if (reg->address == address) {
            return reg;
        }
    }
    return NULL;
}

HYPERCALL(io_read)
{
    const struct sep_cfg_reg *reg = find_register(a0);
    sep_status_t result = guest_check_write(a1, sizeof(uint32_t), 4);
    uint32_t value = 0;

    if (reg == NULL || reg->read_mask == 0u) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    // Reading may change the device: nothing is read that cannot be delivered.
    if (result != SEP_OK) {
        return result;
    }
    if (!hal_io_read(hal_phys(reg->address), reg->width, &value)) {
        return SEP_NOT_AVAILABLE;
    }
    value &= reg->read_mask;
    return guest_write(a1, &value, sizeof(value), 4);
}

HYPERCALL(io_write)
{
    const struct sep_cfg_reg *reg = find_register(a0);
    uint32_t all;
    uint32_t value = (uint32_t)a1;

    if (reg == NULL || reg->write_mask == 0u) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    all = UINT32_MAX >> (32u - 8u * reg->width);
    if (reg->write_mask != all) {
        uint32_t old = 0;

        if (!hal_io_read(hal_phys(reg->address), reg->width, &old)) {
            return SEP_NOT_AVAILABLE;
        }
        value = (old & ~reg->write_mask) | (value & reg->write_mask);
    }
    return hal_io_write(hal_phys(reg->address), reg->width, value) ? SEP_OK : SEP_NOT_AVAILABLE;
}
