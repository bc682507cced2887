// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The compiled configuration as the kernel reads it: checked once at boot, then trusted.

#ifndef KERNEL_CONFIG_H
#define KERNEL_CONFIG_H

#include <septum/config.h>

#include <stdbool.h>

/// Sections of the open configuration, by record type: by name, and by enum sep_cfg_type.
struct config {
    union {
        struct {
#define CONFIG_SECTION(type) const struct sep_cfg_##type *type;
            SEP_CFG_RECORD_LIST(CONFIG_SECTION)
#undef CONFIG_SECTION
        };
        const void *records[SEP_CFG_TYPE_COUNT];
    };
    const struct sep_cfg_header *header;
    const char *text;
};

/// The one configuration; valid after config_open().
extern struct config config;

/// Walks the records of a list: CONFIG_EACH (area, area, partition->areas) { … }
#define CONFIG_EACH(type, record, list)                                                            \
    for (const struct sep_cfg_##type *record = config.type + (list).first,                         \
                                     *record##_end = record + (list).count;                        \
         record != record##_end; record++)

/// Checks header, hash, sections and every reference of the configuration at base, of which limit
/// bytes may be read, and opens it. NULL, or what is wrong with it. Boot only.
const char *config_open(const void *base, uint32_t limit);

/// Checks what the records say against each other and against this machine: the kernel never
/// relies on a rule that only the tool has checked. NULL, or what is wrong. Boot only.
const char *config_check(void);

/// The parts of config_check(): processors with their plans, pools, channels, and partitions with all they
/// own.
const char *config_check_plans(void);
const char *config_check_pools(void);
const char *config_check_channels(void);
const char *config_check_partition(const struct sep_cfg_partition *partition);
bool config_check_ports(const struct sep_cfg_partition *partition);

/// Whether only an unmodified operating system has virtual devices, each of a known kind and at free
/// addresses. Bound: areas and devices. Boot only.
bool config_check_vdevices(const struct sep_cfg_partition *partition);

/// Whether a list has an action for every event, one that the event allows: of a partition, or of the
/// hypervisor's own events. Boot only.
bool config_check_actions(const sep_list_action *list, bool own);

/// The area of a partition that holds all of [start, start + size); NULL if none does. size 0 needs
/// only start inside. Bound: the partition's areas.
const struct sep_cfg_area *config_area_at(const struct sep_cfg_partition *partition,
                                          uintptr_t start, uintptr_t size);

/// The same with the wanted rights (enum sep_area_flags). (Inline: without a fourth argument the loop
/// needs no stack frame where registers come in windows, and a hypercall seldom a third window.)
static inline const struct sep_cfg_area *config_area(const struct sep_cfg_partition *partition,
                                                     uintptr_t start, uintptr_t size,
                                                     uint32_t rights)
{
    const struct sep_cfg_area *area = config_area_at(partition, start, size);

    return area != NULL && (area->flags & rights) == rights ? area : NULL;
}

/// Name behind a text reference's offset. (A one-word struct passed by value is loaded byte by byte.)
static inline const char *config_text(uint32_t offset)
{
    return config.text + offset;
}

#endif
