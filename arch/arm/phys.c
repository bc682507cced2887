// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Physical memory: all RAM is mapped, each address to itself.

#include <hal/phys.h>

#include <arch/copy.h>

void hal_phys_copy(hal_phys_t to, hal_phys_t from, uint32_t size)
{
    (void)copy((void *)to.value, (const void *)from.value, size);
}

void hal_phys_clear(hal_phys_t to, uint32_t size)
{
    clear((void *)to.value, size);
}

void hal_phys_read(void *to, hal_phys_t from, uint32_t size)
{
    (void)copy(to, (const void *)from.value, size);
}
