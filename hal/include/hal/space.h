// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Address spaces of partitions. The architecture defines struct hal_space, embedded by value in the
// kernel's struct partition. The hypervisor's own memory is in every space, unreachable for guests.

#ifndef HAL_SPACE_H
#define HAL_SPACE_H

#include <hal/types.h>
#include <septum/arena.h>

struct hal_context;
struct hal_space;
struct sep_cfg_interrupt;
struct sep_cfg_vdevice;

/// Geometry of a partition's tables; also in the binary's build information. Mandatory, constant.
extern const struct sep_table_levels hal_space_levels;

/// Hands out a zeroed table of the level, aligned to its size. Provided by the kernel; boot only;
/// NULL if the configuration's arena is too small.
void *kernel_table_alloc(uint32_t level);

/// What a partition that is an unmodified operating system finds beside its memory: the configuration's
/// records.
struct hal_machine {
    const struct sep_cfg_vdevice *devices;
    uint32_t device_count;
    const struct sep_cfg_interrupt *interrupts; ///< lines of assigned devices
    uint32_t interrupt_count;
    uint32_t vcpu_count;
    bool input; ///< the board's console is the hypervisor's, so what comes in there may go to it
    struct hal_context *context; ///< of its first vCPU
};

/// Makes an empty space with its top table; number is the partition's. machine: virtual devices of an unmodified
/// operating system, only where CONFIG_UNMODIFIED is on: its context has them from now on; else NULL.
/// False if a table is missing, there are more spaces than the hardware has, or the board cannot have the devices.
/// Mandatory, boot only.
bool hal_space_init(struct hal_space *space, uint32_t number, const struct hal_machine *machine);

/// Maps physical memory into a space with the rights of enum sep_area_flags, by the rule of
/// sep_table_leaf_level(). Values were checked by the caller. False if a table is missing.
/// Mandatory, boot only.
bool hal_space_map(struct hal_space *space, hal_guest_t start, hal_phys_t physical, uintptr_t size,
                   uint32_t flags);

/// Makes a space the current one. Mandatory, interrupts off, constant; hot.
static inline void hal_space_switch(const struct hal_space *space);

#include <arch/space.h>

#endif
