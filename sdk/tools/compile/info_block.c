// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The information block: what a partition knows of itself, in the target's byte order.

#include "compile/unit.h"

#include <string.h>

#include <septum/info.h>
#include <septum/irq.h>

static size_t area_count(const struct sys_partition *p)
{
    return p->area_count + p->range_count + p->file_count + 1;
}

size_t unit_info_size(const struct unit *u)
{
    const struct sys_partition *p = u->p;

    return sizeof(struct sep_info) + p->vcpus.value * sizeof(struct sep_info_vcpu) +
           area_count(p) * sizeof(struct sep_info_area) +
           p->file_count * sizeof(struct sep_info_file) +
           p->line_count * sizeof(struct sep_info_irq) +
           p->port_count * sizeof(struct sep_info_port);
}

static void put_name(struct target_bytes *out, const char *name)
{
    char field[SEP_NAME_MAX] = {0};

    memcpy(field, name, strnlen(name, SEP_NAME_MAX - 1));
    target_put_bytes(out, field, sizeof field);
}

// Offset and count of an array that begins at *offset.
static void put_array(struct target_bytes *out, size_t *offset, size_t count, size_t size)
{
    target_put(out, *offset, 4);
    target_put(out, count, 4);
    *offset += count * size;
}

static uint64_t plan_count(const struct sys *sys)
{
    uint64_t count = 0;

    for (size_t i = 0; i < sys->cpu_count; i++) {
        count = sys->cpus[i].plan_count > count ? sys->cpus[i].plan_count : count;
    }
    return count;
}

static void put_head(struct target_bytes *out, const struct compile *c, const struct unit *u)
{
    const struct sys_partition *p = u->p;
    uint32_t hz = c->target.timer_hz;
    size_t offset = sizeof(struct sep_info);

    target_put(out, SEP_INFO_MAGIC, 4);
    target_put(out, SEP_ABI_REVISION, 4);
    target_put(out, unit_info_size(u), 4);
    target_put(out, c->target.arch, 4);
    target_put(out, p->id.value, 4);
    target_put(out, p->flags, 4);
    put_name(out, p->name.text);
    target_put(out, hz == 0 ? 0 : (1000000000u + (uint64_t)hz - 1) / hz, 8);
    target_put(out, c->unit_count, 4);
    target_put(out, plan_count(c->s->sys), 4);
    put_array(out, &offset, p->vcpus.value, sizeof(struct sep_info_vcpu));
    put_array(out, &offset, area_count(p), sizeof(struct sep_info_area));
    put_array(out, &offset, p->file_count, sizeof(struct sep_info_file));
    put_array(out, &offset, p->line_count, sizeof(struct sep_info_irq));
    put_array(out, &offset, p->port_count, sizeof(struct sep_info_port));
}

static void put_vcpus(struct target_bytes *out, const struct sys_partition *p)
{
    for (uint64_t v = 0; v < p->vcpus.value; v++) {
        for (size_t i = 0; i < p->stack_count; i++) {
            if (p->stacks[i].vcpu.value == v) {
                target_put(out, p->stacks[i].base, 8);
                target_put(out, p->stacks[i].size.value, 8);
            }
        }
    }
}

static void put_areas(struct target_bytes *out, const struct unit *u)
{
    for (size_t i = 0; i < u->mapping_count; i++) {
        const struct unit_mapping *m = &u->mappings[i];

        put_name(out, m->name);
        target_put(out, m->virtual, 8);
        target_put(out, m->size, 8);
        target_put(out, m->flags, 4);
        target_put(out, 0, 4);
    }
}

static const struct unit_mapping *mapping_of(const struct unit *u, size_t blob)
{
    size_t i = 0;

    while (u->mappings[i].blob != blob) {
        i++;
    }
    return &u->mappings[i];
}

static void put_files(struct target_bytes *out, const struct unit *u)
{
    for (size_t i = 0; i < u->p->file_count; i++) {
        const struct unit_mapping *m = mapping_of(u, i + 1);

        put_name(out, m->name);
        target_put(out, m->virtual, 8);
        target_put(out, m->length, 8);
        target_put_bytes(out, u->blobs[i + 1].sha256, SEP_CFG_HASH_BYTES);
    }
}

static void put_ports(struct target_bytes *out, const struct compile *c, const struct unit *u)
{
    for (size_t i = 0; i < u->p->port_count; i++) {
        const struct sys_port *port = &u->p->ports[i];
        const struct sys_channel *channel = &c->s->sys->channels[port->channel];

        put_name(out, port->name.text);
        target_put(out, channel->age.value, 8);
        target_put(out, (uint64_t)port->kind, 4);
        target_put(out, (uint64_t)port->direction, 4);
        target_put(out, channel->size.value, 4);
        target_put(out, channel->depth.value, 4);
    }
}

struct bytes unit_info_block(const struct compile *c, const struct unit *u)
{
    struct target_bytes out = {.pool = c->pool, .big_endian = c->target.big_endian != 0};

    put_head(&out, c, u);
    put_vcpus(&out, u->p);
    put_areas(&out, u);
    put_files(&out, u);
    for (size_t i = 0; i < u->p->line_count; i++) {
        target_put(&out, u->p->lines[i].number.value, 4);
        target_put(&out, SEP_IRQ_DEVICE_FIRST + i, 4);
    }
    put_ports(&out, c, u);
    return (struct bytes){out.data, out.size};
}
