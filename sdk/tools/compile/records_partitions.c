// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of partitions and everything below them.

#include "compile/records.h"

#include <stdlib.h>
#include <string.h>

#include <septum/irq.h>

#include "model/vdevices.h"

uint32_t records_first_vcpu(const struct compile *c, uint64_t partition_id)
{
    uint32_t first = 0;

    for (uint64_t i = 0; i < partition_id; i++) {
        first += (uint32_t)c->units[i].p->vcpus.value;
    }
    return first;
}

static void add_pooled(struct sep_cfg_vcpu *record, const struct sys_partition *p, uint64_t vcpu)
{
    for (size_t i = 0; i < p->pooled_count; i++) {
        const struct sys_vcpu *pooled = &p->pooled[i];

        if (pooled->id.value == vcpu) {
            record->pool.index = (uint32_t)pooled->pool_index;
            record->period = pooled->period.value;
            record->capacity = pooled->capacity.value;
            record->deadline = pooled->deadline.value;
            record->offset = pooled->period.given ? pooled->offset.value : 0;
            record->flags =
                pooled->period.given && pooled->started ? (uint32_t)SEP_CFG_VCPU_STARTED : 0;
        }
    }
}

static sep_list_vcpu add_vcpus(struct records *r, const struct unit *u)
{
    sep_list_vcpu list = RECORD_LIST_BEGIN(r, vcpu);

    for (uint64_t v = 0; v < u->p->vcpus.value; v++) {
        struct sep_cfg_vcpu *record = RECORD_ADD(r, vcpu);

        record->partition.index = (uint32_t)u->p->id.value;
        record->id = (uint32_t)v;
        record->cpu = (uint32_t)u->p->cpu_of[v];
        record->pool.index = SEP_CFG_NONE;
        add_pooled(record, u->p, v);
        for (size_t i = 0; i < u->p->stack_count; i++) {
            if (u->p->stacks[i].vcpu.value == v) {
                record->stack_base = u->p->stacks[i].base;
                record->stack_size = u->p->stacks[i].size.value;
            }
        }
    }
    RECORD_LIST_END(r, vcpu, &list);
    return list;
}

static uint64_t blob_address(const struct compile *c, const struct unit *u, size_t blob)
{
    return c->layout.blobs_start + u->blobs[blob].offset;
}

static sep_list_area add_areas(struct records *r, const struct compile *c, const struct unit *u)
{
    sep_list_area list = RECORD_LIST_BEGIN(r, area);

    for (size_t i = 0; i < u->mapping_count; i++) {
        const struct unit_mapping *m = &u->mappings[i];
        struct sep_cfg_area *record = RECORD_ADD(r, area);

        record->virtual_start = m->virtual;
        record->physical_start = m->blob == NO_BLOB ? m->physical : blob_address(c, u, m->blob);
        record->size = m->size;
        record->name = record_text(r, m->name);
        record->flags = m->flags;
    }
    RECORD_LIST_END(r, area, &list);
    return list;
}

static sep_list_segment add_segments(struct records *r, const struct compile *c,
                                     const struct unit *u)
{
    sep_list_segment list = RECORD_LIST_BEGIN(r, segment);

    for (size_t i = 0; i < u->segment_count; i++) {
        const struct unit_segment *segment = &u->segments[i];
        struct sep_cfg_segment *record = RECORD_ADD(r, segment);

        record->target = segment->target;
        record->source = blob_address(c, u, segment->blob) + segment->source;
        record->file_size = segment->file_size;
        record->memory_size = segment->memory_size;
    }
    RECORD_LIST_END(r, segment, &list);
    return list;
}

static sep_list_blob add_blobs(struct records *r, const struct compile *c, const struct unit *u)
{
    sep_list_blob list = RECORD_LIST_BEGIN(r, blob);

    for (size_t i = 0; i < u->blob_count; i++) {
        const struct unit_blob *blob = &u->blobs[i];
        struct sep_cfg_blob *record = RECORD_ADD(r, blob);

        record->start = blob_address(c, u, i);
        record->size = blob->content.size;
        record->name = record_text(r, blob->name);
        record->kind = blob->kind;
        memcpy(record->sha256, blob->sha256, sizeof record->sha256);
    }
    RECORD_LIST_END(r, blob, &list);
    return list;
}

static sep_list_interrupt add_interrupts(struct records *r, const struct unit *u, uint32_t vcpu)
{
    sep_list_interrupt list = RECORD_LIST_BEGIN(r, interrupt);

    for (size_t i = 0; i < u->p->line_count; i++) {
        struct sep_cfg_interrupt *record = RECORD_ADD(r, interrupt);

        record->line = (uint32_t)u->p->lines[i].number.value;
        record->irq = SEP_IRQ_DEVICE_FIRST + (uint32_t)i;
        record->vcpu.index = vcpu;
    }
    RECORD_LIST_END(r, interrupt, &list);
    return list;
}

static int compare_registers(const void *left, const void *right)
{
    uint64_t a = ((const struct sep_cfg_reg *)left)->address;
    uint64_t b = ((const struct sep_cfg_reg *)right)->address;

    return (a > b) - (a < b);
}

// Sorted by address.
static sep_list_reg add_registers(struct records *r, const struct unit *u)
{
    sep_list_reg list = RECORD_LIST_BEGIN(r, reg);

    for (size_t i = 0; i < u->p->register_count; i++) {
        const struct sys_register *reg = &u->p->registers[i];
        struct sep_cfg_reg *record = RECORD_ADD(r, reg);
        uint32_t mask = reg->width.value >= 4 ? UINT32_MAX : (1u << (8 * reg->width.value)) - 1u;

        record->address = reg->address.value;
        record->width = (uint32_t)reg->width.value;
        record->read_mask = (uint32_t)reg->read.value & mask;
        record->write_mask = (uint32_t)reg->write.value & mask;
    }
    RECORD_LIST_END(r, reg, &list);
    if (list.count > 1) {
        qsort(r->reg + list.first, list.count, sizeof *r->reg, compare_registers);
    }
    return list;
}

static sep_list_ipvi add_ipvis(struct records *r, const struct compile *c, const struct unit *u)
{
    sep_list_ipvi list = RECORD_LIST_BEGIN(r, ipvi);

    for (size_t i = 0; i < u->p->ipvi_count; i++) {
        const struct sys_ipvi *ipvi = &u->p->ipvis[i];
        struct sep_cfg_ipvi *record = RECORD_ADD(r, ipvi);

        record->id = (uint32_t)ipvi->id.value;
        record->targets = RECORD_LIST_BEGIN(r, ipvi_target);
        for (size_t t = 0; t < ipvi->target_count; t++) {
            struct sep_cfg_ipvi_target *target = RECORD_ADD(r, ipvi_target);

            target->vcpu.index =
                records_first_vcpu(c, c->s->sys->partitions[ipvi->targets[t]].id.value);
            target->irq = SEP_IRQ_IPVI_FIRST + (uint32_t)ipvi->id.value;
        }
        RECORD_LIST_END(r, ipvi_target, &record->targets);
    }
    RECORD_LIST_END(r, ipvi, &list);
    return list;
}

// A port's id is its place in the list.
static sep_list_port add_ports(struct records *r, const struct compile *c, const struct unit *u)
{
    sep_list_port list = RECORD_LIST_BEGIN(r, port);

    for (size_t i = 0; i < u->p->port_count; i++) {
        const struct sys_port *port = &u->p->ports[i];
        const struct sys_channel *channel = &c->s->sys->channels[port->channel];
        struct sep_cfg_port *record = RECORD_ADD(r, port);

        record->name = record_text(r, port->name.text);
        record->channel.index = (uint32_t)port->channel;
        record->kind = (uint32_t)port->kind;
        record->direction = (uint32_t)port->direction;
        record->message_size = (uint32_t)channel->size.value;
        record->depth = (uint32_t)channel->depth.value;
    }
    RECORD_LIST_END(r, port, &list);
    return list;
}

static sep_list_vdevice add_vdevices(struct records *r, const struct compile *c,
                                     const struct unit *u)
{
    struct vdevices devices = vdevices_of(c->s->board, u->p);
    sep_list_vdevice list = RECORD_LIST_BEGIN(r, vdevice);

    for (size_t i = 0; i < devices.count; i++) {
        struct sep_cfg_vdevice *record = RECORD_ADD(r, vdevice);

        record->start = devices.list[i].start;
        record->size = devices.list[i].size;
        record->kind = devices.list[i].kind;
        record->interrupt = (uint32_t)devices.list[i].interrupt;
    }
    RECORD_LIST_END(r, vdevice, &list);
    return list;
}

static void add_partition(struct records *r, const struct compile *c, const struct unit *u)
{
    struct sep_cfg_partition *record = RECORD_ADD(r, partition);
    const struct sys_partition *p = u->p;

    record->entry = u->image.entry;
    record->start_argument = u->start_argument;
    record->period = p->period.value;
    record->duration = p->duration.value;
    record->name = record_text(r, p->name.text);
    record->id = (uint32_t)p->id.value;
    record->flags = p->flags;
    record->console_ring = (uint32_t)p->console.value;
    record->trace_mask = p->trace.mask;
    record->trace_records = (uint32_t)p->trace.records.value;
    record->vcpus = add_vcpus(r, u);
    record->areas = add_areas(r, c, u);
    record->segments = add_segments(r, c, u);
    record->blobs = add_blobs(r, c, u);
    record->interrupts = add_interrupts(r, u, record->vcpus.first);
    record->registers = add_registers(r, u);
    record->restart_time = p->health.within.value;
    record->restarts = (uint32_t)p->health.restarts.value;
    record->actions = records_actions(r, &p->health, false);
    record->ipvis = add_ipvis(r, c, u);
    record->ports = add_ports(r, c, u);
    record->vdevices = add_vdevices(r, c, u);
}

void records_partitions(struct records *r, const struct compile *c)
{
    for (size_t i = 0; i < c->unit_count; i++) {
        add_partition(r, c, &c->units[i]);
    }
}
