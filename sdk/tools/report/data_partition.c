// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition in the report's JSON.

#include <septum/info.h>

#include "image/list.h"
#include "image/ports.h"
#include "image/virtual.h"
#include "report/data.h"

static void put_areas(struct json *j, const struct report *r, const struct sep_cfg_partition *p)
{
    char rights[LIST_RIGHTS_MAX];

    json_open(j, "areas", '[');
    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *a = &r->cfg->areas[p->areas.first + i];

        list_rights(a->flags, rights);
        json_open(j, NULL, '{');
        json_text(j, "name", cfgfile_text(r->cfg, a->name));
        json_address(j, "virtual", a->virtual_start);
        json_address(j, "physical", a->physical_start);
        json_number(j, "size", a->size);
        json_text(j, "rights", rights);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_devices(struct json *j, const struct report *r, const struct sep_cfg_partition *p)
{
    json_open(j, "interrupts", '[');
    for (uint32_t i = 0; i < p->interrupts.count; i++) {
        const struct sep_cfg_interrupt *line = &r->cfg->interrupts[p->interrupts.first + i];

        json_open(j, NULL, '{');
        json_number(j, "line", line->line);
        json_number(j, "irq", line->irq);
        json_text(j, "delivery", cfgfile_delivery(r->cfg, p->interrupts.first + i));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "registers", '[');
    for (uint32_t i = 0; i < p->registers.count; i++) {
        const struct sep_cfg_reg *reg = &r->cfg->regs[p->registers.first + i];

        json_open(j, NULL, '{');
        json_address(j, "address", reg->address);
        json_number(j, "width", reg->width);
        json_address(j, "read_mask", reg->read_mask);
        json_address(j, "write_mask", reg->write_mask);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_ipvis(struct json *j, const struct report *r, const struct sep_cfg_partition *p)
{
    json_open(j, "ipvis", '[');
    for (uint32_t i = 0; i < p->ipvis.count; i++) {
        const struct sep_cfg_ipvi *ipvi = &r->cfg->ipvis[p->ipvis.first + i];

        json_open(j, NULL, '{');
        json_number(j, "id", ipvi->id);
        json_open(j, "destinations", '[');
        for (uint32_t t = 0; t < ipvi->targets.count; t++) {
            const struct sep_cfg_ipvi_target *to = &r->cfg->ipvi_targets[ipvi->targets.first + t];
            uint32_t owner = r->cfg->vcpus[to->vcpu.index].partition.index;

            json_text(j, NULL, cfgfile_text(r->cfg, r->cfg->partitions[owner].name));
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_requirement(struct json *j, const struct report *r, uint32_t index)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];
    struct report_requirement q = report_requirement(r, index);

    if (!q.wanted) {
        json_null(j, "requirement");
        return;
    }
    json_open(j, "requirement", '{');
    json_number(j, "period", p->period);
    json_number(j, "duration", p->duration);
    json_number(j, "least", q.least);
    json_bool(j, "met", q.met);
    json_close(j, '}');
}

void report_put_partition(struct json *j, const struct report *r, uint32_t index)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];

    json_open(j, NULL, '{');
    json_number(j, "id", p->id);
    json_text(j, "name", cfgfile_text(r->cfg, p->name));
    json_bool(j, "boot", (p->flags & SEP_PARTITION_BOOT) != 0u);
    json_bool(j, "system", (p->flags & SEP_PARTITION_SYSTEM) != 0u);
    json_bool(j, "fp", (p->flags & SEP_PARTITION_FP) != 0u);
    json_text(j, "resets", list_resets(p->flags));
    json_number(j, "vcpus", p->vcpus.count);
    json_address(j, "entry", p->entry);
    json_number(j, "console_ring", p->console_ring);
    put_requirement(j, r, index);
    put_areas(j, r, p);
    put_devices(j, r, p);
    put_ipvis(j, r, p);
    ports_json(j, r->cfg, p);
    virtual_json(j, r->cfg, p);
    report_put_health(j, r, index);
    json_close(j, '}');
}
