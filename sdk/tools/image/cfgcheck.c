// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a compiled configuration must mean, beyond references that exist: ranges nest and do not
// wrap, times are ordered, words are known. Readers compute with these without looking again.

#include "image/cfgfile.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <septum/event.h>
#include <septum/info.h>
#include <septum/port.h>

#include "image/bytes.h"

/// Longest time, so that a sum of two cannot wrap: 73 years.
#define TIME_MAX ((uint64_t)1 << 61)

__attribute__((format(printf, 2, 3))) static bool wrong(char *error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vsnprintf(error, CFGFILE_ERROR_MAX, format, args);
    va_end(args);
    return false;
}

/// Whether [start, start + size) ends below 2^64.
static bool range_fits(uint64_t start, uint64_t size)
{
    return bytes_inside(start, size, 0, UINT64_MAX);
}

static bool flags_known(const char *what, const char *name, uint32_t flags, uint32_t known,
                        char *error)
{
    return (flags & ~known) == 0u ||
           wrong(error, "%s '%s' has the unknown flags 0x%x", what, name, flags & ~known);
}

static bool name_fits(const struct cfgfile *cfg, sep_text_t name, char *error)
{
    return strlen(cfgfile_text(cfg, name)) < SEP_NAME_MAX ||
           wrong(error, "the name '%.40s' is longer than %d bytes", cfgfile_text(cfg, name),
                 SEP_NAME_MAX - 1);
}

static bool check_names(const struct cfgfile *cfg, char *error)
{
    for (uint32_t i = 0; i < cfg->partition_count; i++) {
        if (!name_fits(cfg, cfg->partitions[i].name, error)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < cfg->area_count; i++) {
        if (!name_fits(cfg, cfg->areas[i].name, error)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < cfg->plan_count; i++) {
        if (!name_fits(cfg, cfg->plans[i].name, error)) {
            return false;
        }
    }
    return name_fits(cfg, cfg->systems[0].name, error) &&
           name_fits(cfg, cfg->systems[0].board, error);
}

static bool check_system(const struct cfgfile *cfg, char *error)
{
    const struct sep_cfg_system *s = &cfg->systems[0];

    if (!range_fits(s->hypervisor_start, s->hypervisor_size) ||
        !bytes_inside(s->arena_start, s->arena_size, s->hypervisor_start, s->hypervisor_size) ||
        !bytes_inside(s->blobs_start, s->blobs_size, s->hypervisor_start, s->hypervisor_size)) {
        return wrong(error, "arena or packed images lie outside the hypervisor's memory");
    }
    if (s->arena_start + s->arena_size > s->blobs_start) {
        return wrong(error, "the arena overlaps the packed images");
    }
    return flags_known("system", cfgfile_text(cfg, s->name), s->flags, SEP_CFG_SYSTEM_FLAGS, error);
}

static bool check_plan(const struct cfgfile *cfg, const struct sep_cfg_plan *plan, char *error)
{
    uint64_t end = 0;

    if (plan->major_frame == 0u || plan->major_frame > TIME_MAX) {
        return wrong(error, "plan '%s' has an empty or endless major frame",
                     cfgfile_text(cfg, plan->name));
    }
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *slot = &cfg->slots[plan->slots.first + i];

        if (slot->duration == 0u || slot->start != end ||
            !bytes_inside(slot->start, slot->duration, 0, plan->major_frame)) {
            return wrong(error,
                         "slot %u of plan '%s' does not begin where the one before ends, or passes "
                         "the frame's end",
                         slot->id, cfgfile_text(cfg, plan->name));
        }
        end = slot->start + slot->duration;
    }
    if (end != plan->major_frame) {
        return wrong(error, "the slots and gaps of plan '%s' do not fill its major frame",
                     cfgfile_text(cfg, plan->name));
    }
    return true;
}

static bool check_plans(const struct cfgfile *cfg, char *error)
{
    for (uint32_t i = 0; i < cfg->cpu_count; i++) {
        if (cfg->cpus[i].plans.count != cfg->systems[0].plan_count) {
            return wrong(error, "processor %u has %u plans, the system %u", cfg->cpus[i].id,
                         cfg->cpus[i].plans.count, cfg->systems[0].plan_count);
        }
    }
    for (uint32_t i = 0; i < cfg->plan_count; i++) {
        if (!check_plan(cfg, &cfg->plans[i], error)) {
            return false;
        }
    }
    return true;
}

static bool check_partitions(const struct cfgfile *cfg, char *error)
{
    for (uint32_t i = 0; i < cfg->partition_count; i++) {
        const struct sep_cfg_partition *p = &cfg->partitions[i];

        if (!flags_known("partition", cfgfile_text(cfg, p->name), p->flags, SEP_PARTITION_FLAGS,
                         error)) {
            return false;
        }
        if (p->actions.count != SEP_EVENT_COUNT) {
            return wrong(error, "partition '%s' has %u health-monitor entries, not %u",
                         cfgfile_text(cfg, p->name), p->actions.count, (unsigned)SEP_EVENT_COUNT);
        }
        if (p->duration > p->period || p->period > TIME_MAX) {
            return wrong(error, "partition '%s' wants more time than its period has, or for ever",
                         cfgfile_text(cfg, p->name));
        }
    }
    for (uint32_t i = 0; i < cfg->action_count; i++) {
        if (cfg->actions[i].action >= SEP_ACTION_COUNT) {
            return wrong(error, "health-monitor entry %u has the unknown action %u", i,
                         cfg->actions[i].action);
        }
    }
    return true;
}

static bool check_ranges(const struct cfgfile *cfg, char *error)
{
    const struct sep_cfg_system *s = &cfg->systems[0];

    for (uint32_t i = 0; i < cfg->area_count; i++) {
        const struct sep_cfg_area *a = &cfg->areas[i];

        if (!range_fits(a->virtual_start, a->size) || !range_fits(a->physical_start, a->size)) {
            return wrong(error, "area '%s' wraps", cfgfile_text(cfg, a->name));
        }
        if (!flags_known("area", cfgfile_text(cfg, a->name), a->flags, SEP_AREA_FLAGS, error)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < cfg->blob_count; i++) {
        const struct sep_cfg_blob *b = &cfg->blobs[i];

        if (!bytes_inside(b->start, b->size, s->blobs_start, s->blobs_size)) {
            return wrong(error, "'%s' lies outside the packed images", cfgfile_text(cfg, b->name));
        }
    }
    for (uint32_t i = 0; i < cfg->vdevice_count; i++) {
        if (!range_fits(cfg->vdevices[i].start, cfg->vdevices[i].size)) {
            return wrong(error, "virtual device %u wraps", i);
        }
    }
    for (uint32_t i = 0; i < cfg->segment_count; i++) {
        const struct sep_cfg_segment *g = &cfg->segments[i];

        if (g->file_size > g->memory_size || !range_fits(g->target, g->memory_size) ||
            !bytes_inside(g->source, g->file_size, s->blobs_start, s->blobs_size)) {
            return wrong(error, "segment %u at 0x%" PRIx64 " does not lie in the packed images", i,
                         g->target);
        }
    }
    return true;
}

static bool channel_fits(const struct sep_cfg_channel *c)
{
    bool queuing = c->kind == SEP_PORT_QUEUING;

    return c->kind < SEP_PORT_KIND_COUNT && c->message_size != 0u &&
           c->message_size <= SEP_MESSAGE_MAX && c->max_age <= TIME_MAX &&
           (queuing ? c->depth != 0u && c->depth <= SEP_QUEUE_MAX && c->receivers.count == 1u
                    : c->depth == 0u && c->receivers.count != 0u);
}

static bool port_fits(const struct cfgfile *cfg, const struct sep_cfg_port *port)
{
    const struct sep_cfg_channel *c =
        port->channel.index == SEP_CFG_NONE ? NULL : &cfg->channels[port->channel.index];

    return port->direction <= SEP_PORT_DESTINATION && port->kind < SEP_PORT_KIND_COUNT &&
           (c == NULL || (port->kind == c->kind && port->message_size == c->message_size &&
                          port->depth == c->depth));
}

/// Every port is one partition's, in the partitions' order.
static bool check_ports(const struct cfgfile *cfg, char *error)
{
    uint32_t next = 0;

    for (uint32_t i = 0; i < cfg->partition_count; i++) {
        if (cfg->partitions[i].ports.first != next) {
            return wrong(error, "the ports of partition '%s' do not follow those of the one before",
                         cfgfile_text(cfg, cfg->partitions[i].name));
        }
        next += cfg->partitions[i].ports.count;
    }
    if (next != cfg->port_count) {
        return wrong(error, "%u ports belong to no partition", cfg->port_count - next);
    }
    for (uint32_t i = 0; i < cfg->port_count; i++) {
        if (!port_fits(cfg, &cfg->ports[i])) {
            return wrong(error, "port '%s' does not fit its channel",
                         cfgfile_text(cfg, cfg->ports[i].name));
        }
    }
    return true;
}

/// `ends` counts sources and destinations of each channel.
static bool check_ends(const struct cfgfile *cfg, uint32_t (*ends)[2], char *error)
{
    for (uint32_t i = 0; i < cfg->port_count; i++) {
        const struct sep_cfg_port *port = &cfg->ports[i];

        if (port->channel.index != SEP_CFG_NONE) {
            ends[port->channel.index][port->direction]++;
        }
    }
    for (uint32_t i = 0; i < cfg->channel_count; i++) {
        const struct sep_cfg_channel *c = &cfg->channels[i];

        if (!channel_fits(c)) {
            return wrong(error, "channel '%s' has a senseless type, size, depth or age",
                         cfgfile_text(cfg, c->name));
        }
        if (ends[i][SEP_PORT_SOURCE] != 1u || ends[i][SEP_PORT_DESTINATION] != c->receivers.count) {
            return wrong(error, "channel '%s' has not one source, or not the receivers it tells",
                         cfgfile_text(cfg, c->name));
        }
    }
    return true;
}

static bool check_channels(const struct cfgfile *cfg, char *error)
{
    uint32_t(*ends)[2] = calloc((size_t)cfg->channel_count + 1u, sizeof(*ends));
    bool good = ends != NULL ? check_ends(cfg, ends, error) : wrong(error, "out of memory");

    free(ends);
    return good;
}

bool cfgfile_check(const struct cfgfile *cfg, char error[CFGFILE_ERROR_MAX])
{
    if (cfg->system_count != 1u) {
        return wrong(error, "the configuration holds %u systems, not one", cfg->system_count);
    }
    return check_names(cfg, error) && check_system(cfg, error) && check_plans(cfg, error) &&
           check_partitions(cfg, error) && check_ranges(cfg, error) && check_ports(cfg, error) &&
           check_channels(cfg, error);
}
