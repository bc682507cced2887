// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The report as plain text.

#include <inttypes.h>
#include <string.h>

#include <septum/event.h>
#include <septum/info.h>
#include <septum/port.h>

#include "decode/words.h"
#include "image/list.h"
#include "image/ports.h"
#include "image/virtual.h"
#include "model/event.h"
#include "report/report.h"

/// Columns of a plan's chart.
#define CHART 64u

static void put_bytes(FILE *out, const char *what, uint64_t bytes)
{
    (void)fprintf(out, "  %-22s %10" PRIu64 " bytes\n", what, bytes);
}

static void put_head(const struct report *r, FILE *out)
{
    (void)fprintf(out, "System '%s' for board '%s' (%s, ABI revision %u)\n",
                  cfgfile_text(r->cfg, r->system->name), cfgfile_text(r->cfg, r->system->board),
                  cfgfile_arch_name(r->cfg->header.arch), r->cfg->header.abi_revision);
    (void)fprintf(out, "Configuration %s\n\nFootprint of the hypervisor\n", r->hash);
    put_bytes(out, "code_bytes", r->code_bytes);
    put_bytes(out, "data, bss, stacks", r->data_bytes);
    put_bytes(out, "arena", r->system->arena_size);
    put_bytes(out, "ram_bytes", r->ram_bytes);
    put_bytes(out, "configuration", r->cfg->header.size);
    put_bytes(out, "packed images", r->system->blobs_size);
    if (r->longest.measured) {
        (void)fprintf(out, "  %-22s %10" PRIu64 " %s (%s)\n", "longest section", r->longest.value,
                      r->longest.unit, r->longest.where);
    } else {
        (void)fprintf(out, "  %-22s not measured\n", "longest section");
    }
}

static void put_memory(const struct report *r, FILE *out)
{
    char rights[LIST_RIGHTS_MAX];

    (void)fprintf(out, "\nMemory\n");
    for (unsigned i = 0; i < REPORT_OWN_COUNT; i++) {
        (void)fprintf(out, "  0x%08" PRIx64 "  %10" PRIu64 "  %-20s septum\n", r->own[i].start,
                      r->own[i].size, r->own[i].name);
    }
    for (uint32_t i = 0; i < r->cfg->partition_count; i++) {
        const struct sep_cfg_partition *p = &r->cfg->partitions[i];

        for (uint32_t k = 0; k < p->areas.count; k++) {
            const struct sep_cfg_area *a = &r->cfg->areas[p->areas.first + k];

            list_rights(a->flags, rights);
            (void)fprintf(out,
                          "  0x%08" PRIx64 "  %10" PRIu64 "  %-20s %s, at 0x%08" PRIx64 " %s\n",
                          a->physical_start, a->size, cfgfile_text(r->cfg, a->name),
                          cfgfile_text(r->cfg, p->name), a->virtual_start, rights);
        }
    }
}

/// One line of a chart: each column names the partition that runs at its middle.
static void put_chart(const struct report *r, const struct sep_cfg_plan *plan, FILE *out)
{
    char line[CHART + 1u];

    memset(line, '.', CHART);
    line[CHART] = '\0';
    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[plan->slots.first + i];
        uint32_t p = report_slot_partition(r, s);

        for (unsigned column = 0; !cfgfile_is_gap(s) && column < CHART; column++) {
            uint64_t middle = (uint64_t)((unsigned __int128)plan->major_frame * (2u * column + 1u) /
                                         (2u * CHART));

            if (middle >= s->start && middle - s->start < s->duration) {
                line[column] = (char)(p < 10u             ? '0' + p
                                      : p < 36u           ? 'a' + (p - 10u)
                                      : p != SEP_CFG_NONE ? '#'
                                                          : '*');
            }
        }
    }
    (void)fprintf(out, "    |%s|\n", line);
}

static void put_slots(const struct report *r, const struct sep_cfg_plan *plan, FILE *out)
{
    char start[REPORT_NUMBER_MAX];
    char duration[REPORT_NUMBER_MAX];

    for (uint32_t i = 0; i < plan->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[plan->slots.first + i];

        if (cfgfile_is_gap(s)) {
            continue;
        }
        (void)fprintf(out, "    slot %-3u %10s + %-10s ", s->id, report_time(start, s->start),
                      report_time(duration, s->duration));
        if (cfgfile_is_pool(s)) {
            (void)fprintf(out, "pool %s\n", cfgfile_slot_name(r->cfg, s));
        } else {
            (void)fprintf(out, "%s, vCPU %u\n", cfgfile_slot_name(r->cfg, s),
                          r->cfg->vcpus[s->vcpu.index].id);
        }
    }
}

static void put_plan(const struct report *r, uint32_t number, FILE *out)
{
    const struct sep_cfg_plan *first = report_plan(r, 0, number);
    char text[REPORT_NUMBER_MAX];

    (void)fprintf(out, "\nPlan %u '%s', major frame %s\n", number,
                  cfgfile_text(r->cfg, first->name), report_time(text, first->major_frame));
    for (uint32_t cpu = 0; cpu < r->cfg->cpu_count; cpu++) {
        (void)fprintf(out, "  processor %u\n", r->cfg->cpus[cpu].id);
        put_chart(r, report_plan(r, cpu, number), out);
        put_slots(r, report_plan(r, cpu, number), out);
    }
    for (uint32_t i = 0; i < r->cfg->partition_count; i++) {
        (void)fprintf(out, "  load of %-20s %s\n", cfgfile_text(r->cfg, r->cfg->partitions[i].name),
                      report_percent(text, report_load(r, number, i), first->major_frame));
    }
}

static void put_requirement(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];
    struct report_requirement q = report_requirement(r, index);
    char wanted[REPORT_NUMBER_MAX];
    char period[REPORT_NUMBER_MAX];
    char least[REPORT_NUMBER_MAX];

    if (q.wanted) {
        (void)fprintf(out, "  requirement: %s in each %s: %s, at least %s\n",
                      report_time(wanted, p->duration), report_time(period, p->period),
                      q.met ? "met" : "NOT met", report_time(least, q.least));
    }
}

static void put_devices(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    for (uint32_t i = 0; i < p->interrupts.count; i++) {
        const struct sep_cfg_interrupt *line = &r->cfg->interrupts[p->interrupts.first + i];

        (void)fprintf(out, "  interrupt line %u as virtual interrupt %u, %s\n", line->line,
                      line->irq, cfgfile_delivery(r->cfg, p->interrupts.first + i));
    }
    for (uint32_t i = 0; i < p->registers.count; i++) {
        const struct sep_cfg_reg *reg = &r->cfg->regs[p->registers.first + i];

        (void)fprintf(out, "  register 0x%08" PRIx64 ", %u bytes, read 0x%x, write 0x%x\n",
                      reg->address, reg->width, reg->read_mask, reg->write_mask);
    }
    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *a = &r->cfg->areas[p->areas.first + i];

        if ((a->flags & SEP_AREA_DEVICE) != 0u) {
            (void)fprintf(out, "  device registers '%s' at 0x%08" PRIx64 ", %" PRIu64 " bytes\n",
                          cfgfile_text(r->cfg, a->name), a->physical_start, a->size);
        }
    }
}

static void put_ports(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    for (uint32_t i = 0; i < p->ports.count; i++) {
        const struct sep_cfg_port *port = &r->cfg->ports[p->ports.first + i];

        (void)fprintf(out, "  port %u '%s', %s %s of channel '%s'\n", i,
                      cfgfile_text(r->cfg, port->name), ports_kind(port->kind),
                      ports_direction(port->direction), ports_channel(r->cfg, port));
    }
}

static void put_records(const char *what, struct report_records records, FILE *out)
{
    if (records.records == 0u) {
        return;
    }
    (void)fprintf(out, "  %s of %u records, %" PRIu64 " bytes%s", what, records.records,
                  records.bytes, records.mask != 0u ? ":" : "");
    for (uint32_t n = 0; words_class(n) != NULL; n++) {
        if ((records.mask & 1u << n) != 0u) {
            (void)fprintf(out, " %s", words_class(n));
        }
    }
    (void)fputc('\n', out);
}

static void put_health(const struct report *r, uint32_t owner, FILE *out)
{
    char text[REPORT_LIMIT_MAX];

    put_records("trace", report_trace(r, owner), out);
    (void)fprintf(out, "  restarts on events: %s\n", report_limit(text, report_restarts(r, owner)));
    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        const struct sep_cfg_action *a = report_acts(r, owner, event);

        if (a != NULL) {
            (void)fprintf(out, "  on %-24s %s%s\n", report_event(event), report_action(a->action),
                          a->log != 0u ? ", logged" : "");
        }
    }
}

static void put_partition(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];

    (void)fprintf(
        out, "\nPartition %u '%s'%s%s%s%s, resets %s\n", p->id, cfgfile_text(r->cfg, p->name),
        (p->flags & SEP_PARTITION_BOOT) != 0u ? " boot" : "",
        (p->flags & SEP_PARTITION_SYSTEM) != 0u ? " system" : "",
        (p->flags & SEP_PARTITION_FP) != 0u ? " fp" : "",
        (p->flags & SEP_PARTITION_UNMODIFIED) != 0u ? " unmodified" : "", list_resets(p->flags));
    put_requirement(r, index, out);
    put_devices(r, p, out);
    virtual_text(r->cfg, p, out);
    put_ports(r, p, out);
    put_health(r, index, out);
}

static void put_channel(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_channel *channel = &r->cfg->channels[index];
    struct port_end end = ports_source(r->cfg, index);
    char text[REPORT_CHANNEL_MAX];

    (void)fprintf(out, "\nChannel '%s', %s\n  buffers %22u bytes\n  from %s of %s\n",
                  cfgfile_text(r->cfg, channel->name), report_channel(text, channel),
                  ports_buffers(channel), ports_name(r->cfg, end), ports_partition(r->cfg, end));
    end = PORT_END_BEGIN;
    while (ports_next(r->cfg, index, SEP_PORT_DESTINATION, &end)) {
        (void)fprintf(out, "  to %s of %s\n", ports_name(r->cfg, end),
                      ports_partition(r->cfg, end));
    }
}

void report_write_text(const struct report *report, FILE *out)
{
    put_head(report, out);
    put_memory(report, out);
    for (uint32_t n = 0; report->cfg->cpu_count != 0u && n < report->system->plan_count; n++) {
        put_plan(report, n, out);
    }
    (void)fprintf(out, "\nHypervisor\n");
    put_records("log", report_log(report), out);
    put_health(report, REPORT_HYPERVISOR, out);
    for (uint32_t i = 0; i < report->cfg->partition_count; i++) {
        put_partition(report, i, out);
    }
    for (uint32_t i = 0; i < report->cfg->channel_count; i++) {
        put_channel(report, i, out);
    }
}
