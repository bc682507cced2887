// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: a partition and all it owns.

#include <hal/build_info.h>
#include <kernel/config.h>
#include <septum/event.h>
#include <septum/info.h>
#include <septum/irq.h>

#include <stddef.h>

#define GRANULE ((uint64_t)HAL_BUILD_GRANULE)

// Ranges that do not wrap; one may end at the last address.
static bool overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b ? b - a < a_size : a - b < b_size;
}

static bool inside(uint64_t start, uint64_t size, uint64_t outer_start, uint64_t outer_size)
{
    return start >= outer_start && size <= outer_size && start - outer_start <= outer_size - size;
}

// Information block and files are read-only windows into the packed blobs; everything else keeps
// clear of the hypervisor's memory.
static bool area_place_is_sound(const struct sep_cfg_area *area)
{
    const struct sep_cfg_system *s = config.system;

    if ((area->flags & (SEP_AREA_INFO | SEP_AREA_FILE)) != 0u) {
        return (area->flags & (SEP_AREA_WRITE | SEP_AREA_EXECUTE)) == 0u &&
               inside(area->physical_start, area->size, s->blobs_start,
                      s->hypervisor_start + s->hypervisor_size - s->blobs_start);
    }
    return !overlap(area->physical_start, area->size, s->hypervisor_start, s->hypervisor_size);
}

static bool area_is_sound(const struct sep_cfg_area *area, uint64_t free)
{
    const uint64_t first = (uint64_t)HAL_BUILD_GUEST_FIRST * GRANULE;
    const uint64_t last = ((uint64_t)HAL_BUILD_GUEST_LAST + 1u) * GRANULE;

    return area->size != 0u &&
           ((area->virtual_start | area->physical_start | area->size) % GRANULE) == 0u &&
           inside(area->virtual_start, area->size, first, last - first) &&
           area->virtual_start >= free && area->size - 1u <= UINTPTR_MAX - area->physical_start &&
           area_place_is_sound(area);
}

// Another partition's area in the same memory must be shared by both.
static bool area_is_private(const struct sep_cfg_area *area, uint32_t partition)
{
    for (uint32_t p = 0; p < partition; p++) {
        const sep_list_area *list = &config.partition[p].areas;

        for (uint32_t i = 0; i < list->count; i++) {
            const struct sep_cfg_area *other = &config.area[list->first + i];

            if ((area->flags & other->flags & SEP_AREA_SHARED) == 0u &&
                overlap(area->physical_start, area->size, other->physical_start, other->size)) {
                return false;
            }
        }
    }
    return true;
}

static const char *check_areas(const struct sep_cfg_partition *p)
{
    uint64_t free = 0;

    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *area = &config.area[p->areas.first + i];

        if (!area_is_sound(area, free)) {
            return "a memory area is wrong";
        }
        if (!area_is_private(area, p->id)) {
            return "memory areas of two partitions overlap";
        }
        free = area->virtual_start + area->size;
    }
    return NULL;
}

// The area that holds all of a range, seen virtually or physically.
static bool in_area(const struct sep_cfg_partition *p, uint64_t start, uint64_t size, bool physical,
                    uint32_t rights)
{
    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *area = &config.area[p->areas.first + i];
        uint64_t base = physical ? area->physical_start : area->virtual_start;

        if (inside(start, size, base, area->size)) {
            return (area->flags & rights) == rights;
        }
    }
    return false;
}

static bool segment_is_sound(const struct sep_cfg_partition *p, const struct sep_cfg_segment *s)
{
    const struct sep_cfg_system *system = config.system;

    if (s->file_size > s->memory_size ||
        !inside(s->source, s->file_size, system->blobs_start, system->blobs_size)) {
        return false;
    }
    return in_area(p, s->target, s->memory_size, true, 0) &&
           !overlap(s->target, s->memory_size, system->hypervisor_start, system->hypervisor_size);
}

static const char *check_image(const struct sep_cfg_partition *p)
{
    const struct sep_cfg_system *system = config.system;

    for (uint32_t i = 0; i < p->blobs.count; i++) {
        const struct sep_cfg_blob *blob = &config.blob[p->blobs.first + i];

        if (!inside(blob->start, blob->size, system->blobs_start, system->blobs_size)) {
            return "a packed image lies outside its memory";
        }
    }
    for (uint32_t i = 0; i < p->segments.count; i++) {
        if (!segment_is_sound(p, &config.segment[p->segments.first + i])) {
            return "a segment lies outside its partition";
        }
    }
    if (!in_area(p, p->entry, 4, false, SEP_AREA_EXECUTE)) {
        return "an entry point is not executable";
    }
    return NULL;
}

static const char *check_vcpus(const struct sep_cfg_partition *p)
{
    if (p->vcpus.count == 0u) {
        return "a partition has no vCPU";
    }
    for (uint32_t i = 0; i < p->vcpus.count; i++) {
        const struct sep_cfg_vcpu *vcpu = &config.vcpu[p->vcpus.first + i];

        if (vcpu->partition.index != p->id || vcpu->id != i ||
            vcpu->cpu >= config.system->cpus.count) {
            return "a vCPU is wrong";
        }
        if (vcpu->stack_size != 0u && (((vcpu->stack_base | vcpu->stack_size) % 16u) != 0u ||
                                       !in_area(p, vcpu->stack_base, vcpu->stack_size, false,
                                                SEP_AREA_READ | SEP_AREA_WRITE))) {
            return "a stack is not in writable memory";
        }
    }
    return NULL;
}

static bool interrupts_are_sound(const struct sep_cfg_partition *p)
{
    if (p->interrupts.count > SEP_IRQ_DEVICE_COUNT) {
        return false;
    }
    for (uint32_t i = 0; i < p->interrupts.count; i++) {
        const struct sep_cfg_interrupt *interrupt = &config.interrupt[p->interrupts.first + i];

        if (interrupt->irq < SEP_IRQ_DEVICE_FIRST || interrupt->irq >= SEP_IRQ_COUNT ||
            interrupt->line < HAL_BUILD_LINE_FIRST || interrupt->line > HAL_BUILD_LINE_LAST ||
            interrupt->vcpu.index != p->vcpus.first) {
            return false;
        }
    }
    return true;
}

static bool registers_are_sound(const struct sep_cfg_partition *p)
{
    for (uint32_t i = 0; i < p->registers.count; i++) {
        const struct sep_cfg_reg *reg = &config.reg[p->registers.first + i];

        if ((reg->width != 1u && reg->width != 2u && reg->width != 4u) ||
            reg->address % reg->width != 0u ||
            overlap(reg->address, reg->width, config.system->hypervisor_start,
                    config.system->hypervisor_size)) {
            return false;
        }
    }
    return true;
}

static bool ipvis_are_sound(const struct sep_cfg_partition *p)
{
    for (uint32_t i = 0; i < p->ipvis.count; i++) {
        const struct sep_cfg_ipvi *ipvi = &config.ipvi[p->ipvis.first + i];

        if (ipvi->id >= SEP_IPVI_COUNT) {
            return false;
        }
        for (uint32_t n = 0; n < ipvi->targets.count; n++) {
            if (config.ipvi_target[ipvi->targets.first + n].irq != SEP_IRQ_IPVI_FIRST + ipvi->id) {
                return false;
            }
        }
    }
    return true;
}

static bool actions_are_sound(const struct sep_cfg_partition *p)
{
    if (p->actions.count != SEP_EVENT_COUNT) {
        return false;
    }
    for (uint32_t i = 0; i < p->actions.count; i++) {
        if (config.action[p->actions.first + i].action >= SEP_ACTION_COUNT) {
            return false;
        }
    }
    return true;
}

const char *config_check_partition(const struct sep_cfg_partition *p)
{
    const char *error = check_areas(p);

    if (error == NULL) {
        error = check_image(p);
    }
    if (error == NULL) {
        error = check_vcpus(p);
    }
    if (error == NULL && (!interrupts_are_sound(p) || !registers_are_sound(p))) {
        error = "a device assignment is wrong";
    }
    if (error == NULL && !ipvis_are_sound(p)) {
        error = "an inter-partition interrupt is wrong";
    }
    if (error == NULL && !actions_are_sound(p)) {
        error = "a health-monitor table is wrong";
    }
    return error;
}
