// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: a partition and all it owns.

#include <hal/boot.h>
#include <hal/build_info.h>
#include <kernel/config.h>
#include <kernel/range.h>
#include <septum/event.h>
#include <septum/info.h>
#include <septum/irq.h>

#include <stddef.h>

#define GRANULE ((uintptr_t)HAL_BUILD_GRANULE)
#define GUEST_FIRST (HAL_BUILD_GUEST_FIRST * GRANULE)
#define GUEST_SIZE ((HAL_BUILD_GUEST_LAST - HAL_BUILD_GUEST_FIRST + 1u) * GRANULE)

// The hypervisor's memory and its devices. config_open() has seen that every address and size fits
// into a machine word.
static bool in_hypervisor(uintptr_t start, uintptr_t size)
{
    const struct sep_cfg_system *s = config.system;

    return range_overlap(start, size, (uintptr_t)s->hypervisor_start,
                         (uintptr_t)s->hypervisor_size) ||
           range_overlap(start, size, HAL_BUILD_OWN_START, HAL_BUILD_OWN_SIZE);
}

// size is rounded up to granules where a mapping covers the end of the blobs.
static bool in_blobs(uintptr_t start, uintptr_t size)
{
    const struct sep_cfg_system *s = config.system;

    return range_inside(start, size, (uintptr_t)s->blobs_start,
                        ((uintptr_t)s->blobs_size + GRANULE - 1u) & ~(GRANULE - 1u));
}

// Information block and files are read-only windows into the packed blobs; everything else keeps
// clear of the hypervisor's memory and devices, but for registers that are lent.
static bool area_place_is_sound(const struct sep_cfg_area *area)
{
    if ((area->flags & (SEP_AREA_INFO | SEP_AREA_FILE)) != 0u) {
        return (area->flags & (SEP_AREA_WRITE | SEP_AREA_EXECUTE)) == 0u &&
               in_blobs((uintptr_t)area->physical_start, (uintptr_t)area->size);
    }
    if (HAL_BUILD_LENT_SIZE != 0u &&
        range_inside((uintptr_t)area->physical_start, (uintptr_t)area->size, HAL_BUILD_LENT_START,
                     HAL_BUILD_LENT_SIZE)) {
        return (area->flags & SEP_AREA_DEVICE) != 0u;
    }
    return !in_hypervisor((uintptr_t)area->physical_start, (uintptr_t)area->size) &&
           ((area->flags & SEP_AREA_DEVICE) != 0u ||
            hal_boot_is_ram(hal_phys(area->physical_start), (uintptr_t)area->size));
}

static bool area_is_sound(const struct sep_cfg_area *area, uintptr_t free)
{
    uintptr_t start = (uintptr_t)area->virtual_start;
    uintptr_t size = (uintptr_t)area->size;
    uintptr_t physical = (uintptr_t)area->physical_start;

    return size != 0u && area->flags <= SEP_AREA_FLAGS &&
           ((start | physical | size) % GRANULE) == 0u && start >= free &&
           range_inside(start, size, GUEST_FIRST, GUEST_SIZE) &&
           size - 1u <= UINTPTR_MAX - physical && area_place_is_sound(area);
}

// An earlier area in the same memory, another partition's or its own, must be shared by both.
static bool area_is_private(const struct sep_cfg_area *area)
{
    for (const struct sep_cfg_area *other = config.area; other != area; other++) {
        if ((area->flags & other->flags & SEP_AREA_SHARED) == 0u &&
            range_overlap((uintptr_t)area->physical_start, (uintptr_t)area->size,
                          (uintptr_t)other->physical_start, (uintptr_t)other->size)) {
            return false;
        }
    }
    return true;
}

static const char *check_areas(const struct sep_cfg_partition *p)
{
    uintptr_t free = 0;

    CONFIG_EACH (area, area, p->areas) {
        if (!area_is_sound(area, free)) {
            return "a memory area is wrong";
        }
        if (!area_is_private(area)) {
            return "memory areas overlap";
        }
        free = (uintptr_t)area->virtual_start + (uintptr_t)area->size;
    }
    return NULL;
}

// Whether one private area of memory holds all of a physical range: loading writes it, whatever the
// partition itself may do.
static bool in_private_area(const struct sep_cfg_partition *p, uintptr_t start, uintptr_t size)
{
    const uint32_t others = SEP_AREA_SHARED | SEP_AREA_DEVICE | SEP_AREA_INFO | SEP_AREA_FILE;

    CONFIG_EACH (area, area, p->areas) {
        if ((area->flags & others) == 0u &&
            range_inside(start, size, (uintptr_t)area->physical_start, (uintptr_t)area->size)) {
            return true;
        }
    }
    return false;
}

static bool image_is_sound(const struct sep_cfg_partition *p)
{
    CONFIG_EACH (blob, blob, p->blobs) {
        if (!in_blobs((uintptr_t)blob->start, (uintptr_t)blob->size)) {
            return false;
        }
    }
    CONFIG_EACH (segment, s, p->segments) {
        uintptr_t size = (uintptr_t)s->memory_size;

        if ((uintptr_t)s->file_size > size ||
            !in_blobs((uintptr_t)s->source, (uintptr_t)s->file_size) ||
            !in_private_area(p, (uintptr_t)s->target, size)) {
            return false;
        }
    }
    return config_area(p, (uintptr_t)p->entry, 4, SEP_AREA_EXECUTE) != NULL;
}

// In memory that the hypervisor may use with traps off: a device could answer with a bus error.
static bool stack_is_sound(const struct sep_cfg_partition *p, const struct sep_cfg_vcpu *vcpu)
{
    const struct sep_cfg_area *area =
        config_area(p, (uintptr_t)vcpu->stack_base, (uintptr_t)vcpu->stack_size,
                    SEP_AREA_READ | SEP_AREA_WRITE);

    return area != NULL && (area->flags & SEP_AREA_DEVICE) == 0u &&
           ((vcpu->stack_base | vcpu->stack_size) % 8u) == 0u;
}

static const char *check_vcpus(const struct sep_cfg_partition *p)
{
    uint32_t id = 0;

    if (p->vcpus.count == 0u) {
        return "a vCPU is wrong";
    }
    CONFIG_EACH (vcpu, vcpu, p->vcpus) {
        if (vcpu->partition.index != p->id || vcpu->id != id ||
            vcpu->cpu >= config.system->cpus.count ||
            vcpu->cpu != config.vcpu[p->vcpus.first].cpu) { // it is whole on one processor
            return "a vCPU is wrong";
        }
        if (vcpu->stack_size != 0u && !stack_is_sound(p, vcpu)) {
            return "a stack is not in writable memory";
        }
        id++;
    }
    return NULL;
}

// No earlier record, this partition's or another's, gives the same line.
static bool line_is_new(const struct sep_cfg_interrupt *interrupt)
{
    const struct sep_cfg_interrupt *other = config.interrupt;

    while (other->line != interrupt->line) {
        other++;
    }
    return other == interrupt;
}

static bool interrupts_are_sound(const struct sep_cfg_partition *p)
{
    if (p->interrupts.count > SEP_IRQ_DEVICE_COUNT) {
        return false;
    }
    CONFIG_EACH (interrupt, interrupt, p->interrupts) {
        if (interrupt->irq < SEP_IRQ_DEVICE_FIRST || interrupt->irq >= SEP_IRQ_COUNT ||
            interrupt->line < HAL_BUILD_LINE_FIRST || interrupt->line > HAL_BUILD_LINE_LAST ||
            HAL_BUILD_LINE_OWN(interrupt->line) || interrupt->vcpu.index != p->vcpus.first ||
            !line_is_new(interrupt)) {
            return false;
        }
    }
    return true;
}

static bool registers_are_sound(const struct sep_cfg_partition *p)
{
    CONFIG_EACH (reg, reg, p->registers) {
        if ((reg->width != 1u && reg->width != 2u && reg->width != 4u) ||
            ((uintptr_t)reg->address & (reg->width - 1u)) != 0u ||
            in_hypervisor((uintptr_t)reg->address, reg->width) ||
            hal_boot_is_ram(hal_phys((uintptr_t)reg->address), reg->width)) {
            return false;
        }
    }
    return true;
}

static bool ipvis_are_sound(const struct sep_cfg_partition *p)
{
    CONFIG_EACH (ipvi, ipvi, p->ipvis) {
        if (ipvi->id >= SEP_IPVI_COUNT) {
            return false;
        }
        CONFIG_EACH (ipvi_target, target, ipvi->targets) {
            if (target->irq != SEP_IRQ_IPVI_FIRST + ipvi->id) {
                return false;
            }
        }
    }
    return true;
}

bool config_check_actions(const sep_list_action *list, bool own)
{
    static const struct {
        uint16_t partition, own;
    } allowed[SEP_EVENT_COUNT] = {
#define ALLOWED(name, word, action, log, partition, standard, own) [name] = {(partition), (own)},
        SEP_EVENT_LIST(ALLOWED)
#undef ALLOWED
    };

    if (list->count != SEP_EVENT_COUNT) {
        return false;
    }
    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        const struct sep_cfg_action *entry = &config.action[list->first + event];
        uint32_t actions = own ? allowed[event].own : allowed[event].partition;

        // What is never raised there may say anything.
        if (entry->action >= SEP_ACTION_COUNT || entry->log >= SEP_LOG_LEVEL_COUNT ||
            (actions != SEP_ACTIONS_NONE && (SEP_ACTION_BIT(entry->action) & actions) == 0u) ||
            (entry->action == SEP_ACTION_MAINTENANCE_PLAN &&
             config.system->plan_count <= SEP_PLAN_MAINTENANCE)) {
            return false;
        }
    }
    return true;
}

const char *config_check_partition(const struct sep_cfg_partition *p)
{
    const char *error = check_areas(p);

    if (error == NULL && !image_is_sound(p)) {
        error = "a packed image is wrong";
    }
    if (error == NULL) {
        error = check_vcpus(p);
    }
    if (error == NULL &&
        (!interrupts_are_sound(p) || !registers_are_sound(p) || !config_check_vdevices(p))) {
        error = "a device assignment is wrong";
    }
    if (error == NULL && (!ipvis_are_sound(p) || !config_check_actions(&p->actions, false) ||
                          p->restarts > SEP_RESTARTS_MAX)) {
        error = "an interrupt or health-monitor table is wrong";
    }
    if (error == NULL && !config_check_ports(p)) {
        error = "a port is wrong";
    }
    return error;
}
