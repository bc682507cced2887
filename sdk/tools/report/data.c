// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The report as JSON; sdk/tools/schema/report.schema.json says what its members are.

#include "report/data.h"

#include "image/ports.h"

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
    report_put_health(j, r, REPORT_HYPERVISOR);
    json_close(j, '}');
}

static void put_slots(struct json *j, const struct report *r, const struct sep_cfg_plan *plan)
{
    json_open(j, "slots", '[');
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[plan->slots.first + i];

        if (cfgfile_is_gap(s)) {
            continue;
        }
        json_open(j, NULL, '{');
        json_number(j, "id", s->id);
        json_number(j, "start", s->start);
        json_number(j, "duration", s->duration);
        if (cfgfile_is_pool(s)) {
            json_text(j, "pool", cfgfile_slot_name(r->cfg, s));
        } else {
            json_text(j, "partition", cfgfile_slot_name(r->cfg, s));
            json_number(j, "vcpu", r->cfg->vcpus[s->vcpu.index].id);
        }
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
        report_put_partition(&j, report, i);
    }
    json_close(&j, ']');
    ports_channels_json(&j, report->cfg);
    json_close(&j, '}');
}
