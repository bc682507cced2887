// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of the calling partition: first the description's areas, then the hardware's own check.

#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/partition.h>

static sep_status_t check(sep_word_t start, uint32_t size, uint32_t align, uint32_t rights)
{
    if ((start & (align - 1u)) != 0u ||
        config_area(cpu_caller()->partition->config, start, size, rights) == NULL) {
        return SEP_INVALID_ADDRESS;
    }
    return SEP_OK;
}

sep_status_t guest_check_read(sep_word_t from, uint32_t size, uint32_t align)
{
    return check(from, size, align, SEP_AREA_READ);
}

sep_status_t guest_read(void *to, sep_word_t from, uint32_t size, uint32_t align)
{
    if (guest_check_read(from, size, align) != SEP_OK ||
        !hal_guest_read(to, hal_guest(from), size)) {
        return SEP_INVALID_ADDRESS;
    }
    return SEP_OK;
}

sep_status_t guest_check_write(sep_word_t to, uint32_t size, uint32_t align)
{
    return check(to, size, align, SEP_AREA_WRITE);
}

sep_status_t guest_write(sep_word_t to, const void *from, uint32_t size, uint32_t align)
{
    if (guest_check_write(to, size, align) != SEP_OK ||
        !hal_guest_write(hal_guest(to), from, size)) {
        return SEP_INVALID_ADDRESS;
    }
    return SEP_OK;
}
