// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Physical memory: addresses out of their types for phys.S.

#include <hal/phys.h>

void phys_copy(uintptr_t to, uintptr_t from, uint32_t size);
void phys_clear(uintptr_t to, uint32_t size);
void phys_read(void *to, uintptr_t from, uint32_t size);

void hal_phys_copy(hal_phys_t to, hal_phys_t from, uint32_t size)
{
    phys_copy(to.value, from.value, size);
}

void hal_phys_clear(hal_phys_t to, uint32_t size)
{
    phys_clear(to.value, size);
}

void hal_phys_read(void *to, hal_phys_t from, uint32_t size)
{
    phys_read(to, from.value, size);
}
