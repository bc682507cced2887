// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The report as JSON; sdk/tools/schema/report.schema.json says what its members are.

#include <inttypes.h>

#include <septum/info.h>

#include "image/list.h"
#include "report/json.h"
#include "report/report.h"

static void put_head(struct json *j, const struct report *r)
{
    const struct cfgfile *cfg = r->cfg;

    json_open(j, "system", '{');
    json_text(j, "name", cfgfile_text(cfg, r->system->name));
    json_text(j, "board", cfgfile_text(cfg, r->system->board));
    json_text(j, "architecture", cfgfile_arch_name(cfg->header.arch));
    json_number(j, "abi_revision", cfg->header.abi_revision);
    json_text(j, "configuration_sha256", r->hash);
    json_close(j, '}');
    json_open(j, "footprint", '{');
    json_number(j, "code_bytes", r->code_bytes);
    json_number(j, "data_bytes", r->data_bytes);
    json_number(j, "arena_bytes", r->system->arena_size);
    json_number(j, "ram_bytes", r->ram_bytes);
    json_number(j, "configuration_bytes", cfg->header.size);
    json_number(j, "packed_bytes", r->system->blobs_size);
    json_close(j, '}');
}

static void put_longest(struct json *j, const struct report *r)
{
    if (!r->longest.measured) {
        json_null(j, "longest_section");
        return;
    }
    json_open(j, "longest_section", '{');
    json_number(j, "value", r->longest.value);
    json_text(j, "unit", r->longest.unit);
    json_text(j, "where", r->longest.where);
    json_close(j, '}');
}

static void put_hypervisor(struct json *j, const struct report *r)
{
    json_open(j, "hypervisor", '{');
    json_address(j, "start", r->system->hypervisor_start);
    json_number(j, "size", r->system->hypervisor_size);
    json_open(j, "areas", '[');
    for (unsigned i = 0; i < REPORT_OWN_COUNT; i++) {
        json_open(j, NULL, '{');
        json_text(j, "name", r->own[i].name);
        json_address(j, "start", r->own[i].start);
        json_number(j, "size", r->own[i].size);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_slots(struct json *j, const struct report *r, const struct sep_cfg_plan *plan)
{
    json_open(j, "slots", '[');
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[plan->slots.first + i];

        json_open(j, NULL, '{');
        json_number(j, "id", s->id);
        json_number(j, "start", s->start);
        json_number(j, "duration", s->duration);
        json_text(j, "partition", cfgfile_text(r->cfg, cfgfile_slot_partition(r->cfg, s)->name));
        json_number(j, "vcpu", r->cfg->vcpus[s->vcpu.index].id);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_loads(struct json *j, const struct report *r, uint32_t plan)
{
    json_open(j, "load", '[');
    for (uint32_t i = 0; i < r->cfg->partition_count; i++) {
        uint64_t time = report_load(r, plan, i);

        json_open(j, NULL, '{');
        json_text(j, "partition", cfgfile_text(r->cfg, r->cfg->partitions[i].name));
        json_number(j, "time", time);
        json_ratio(j, "share", time, report_plan(r, 0, plan)->major_frame);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_plans(struct json *j, const struct report *r)
{
    json_open(j, "plans", '[');
    for (uint32_t n = 0; r->cfg->cpu_count != 0u && n < r->system->plan_count; n++) {
        const struct sep_cfg_plan *plan = report_plan(r, 0, n);

        json_open(j, NULL, '{');
        json_number(j, "id", n);
        json_text(j, "name", cfgfile_text(r->cfg, plan->name));
        json_number(j, "major_frame", plan->major_frame);
        json_open(j, "processors", '[');
        for (uint32_t cpu = 0; cpu < r->cfg->cpu_count; cpu++) {
            json_open(j, NULL, '{');
            json_number(j, "id", r->cfg->cpus[cpu].id);
            put_slots(j, r, report_plan(r, cpu, n));
            json_close(j, '}');
        }
        json_close(j, ']');
        put_loads(j, r, n);
        json_close(j, '}');
    }
    json_close(j, ']');
}

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

static void put_health(struct json *j, const struct report *r, const struct sep_cfg_partition *p)
{
    json_open(j, "health", '[');
    for (uint32_t i = 0; i < p->actions.count; i++) {
        const struct sep_cfg_action *a = &r->cfg->actions[p->actions.first + i];

        json_open(j, NULL, '{');
        json_text(j, "event", report_event(i));
        json_text(j, "action", report_action(a->action));
        json_bool(j, "log", a->log != 0u);
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

static void put_partition(struct json *j, const struct report *r, uint32_t index)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];

    json_open(j, NULL, '{');
    json_number(j, "id", p->id);
    json_text(j, "name", cfgfile_text(r->cfg, p->name));
    json_bool(j, "boot", (p->flags & SEP_PARTITION_BOOT) != 0u);
    json_bool(j, "system", (p->flags & SEP_PARTITION_SYSTEM) != 0u);
    json_bool(j, "fp", (p->flags & SEP_PARTITION_FP) != 0u);
    json_number(j, "vcpus", p->vcpus.count);
    json_address(j, "entry", p->entry);
    json_number(j, "console_ring", p->console_ring);
    put_requirement(j, r, index);
    put_areas(j, r, p);
    put_devices(j, r, p);
    put_ipvis(j, r, p);
    put_health(j, r, p);
    json_close(j, '}');
}

void report_write_json(const struct report *report, FILE *out)
{
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    json_text(&j, "format", "septum-report-1");
    put_head(&j, report);
    put_longest(&j, report);
    put_hypervisor(&j, report);
    put_plans(&j, report);
    json_open(&j, "partitions", '[');
    for (uint32_t i = 0; i < report->cfg->partition_count; i++) {
        put_partition(&j, report, i);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
