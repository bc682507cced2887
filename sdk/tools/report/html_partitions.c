// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What each partition may do, has and wants.

#include <inttypes.h>
#include <stdio.h>

#include <septum/info.h>

#include "image/list.h"
#include "image/ports.h"
#include "report/html.h"

static void put_flags(const struct sep_cfg_partition *p, FILE *out)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {
        {SEP_PARTITION_SYSTEM, "system"},
        {SEP_PARTITION_BOOT, "boot"},
        {SEP_PARTITION_FP, "floating point"},
        {SEP_PARTITION_UNMODIFIED, "unmodified operating system"},
    };

    for (unsigned i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if ((p->flags & flags[i].flag) != 0u) {
            (void)fprintf(out, "<span class=\"chip\">%s</span>", flags[i].name);
        }
    }
}

static void put_requirement(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];
    struct report_requirement q = report_requirement(r, index);
    char wanted[REPORT_NUMBER_MAX];
    char period[REPORT_NUMBER_MAX];
    char least[REPORT_NUMBER_MAX];

    if (!q.wanted) {
        (void)fputs("<dt>Time wanted</dt><dd class=\"none\">no requirement</dd>", out);
        return;
    }
    (void)fprintf(out,
                  "<dt>Time wanted</dt><dd>%s in each %s <span class=\"chip %s\">%s, at least "
                  "%s</span></dd>",
                  report_time(wanted, p->duration), report_time(period, p->period),
                  q.met ? "good" : "bad", q.met ? "met" : "not met", report_time(least, q.least));
}

static void put_devices(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    bool any = false;

    (void)fputs("<dt>Devices</dt><dd>", out);
    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *a = &r->cfg->areas[p->areas.first + i];

        if ((a->flags & SEP_AREA_DEVICE) != 0u) {
            (void)fputs("<div>", out);
            html_text(out, cfgfile_text(r->cfg, a->name));
            (void)fprintf(out, " <code>0x%08" PRIx64 "</code>, %" PRIu64 " bytes, mapped</div>",
                          a->physical_start, a->size);
            any = true;
        }
    }
    for (uint32_t i = 0; i < p->registers.count; i++) {
        const struct sep_cfg_reg *reg = &r->cfg->regs[p->registers.first + i];

        (void)fprintf(out,
                      "<div>register <code>0x%08" PRIx64 "</code>, %u bytes, read "
                      "<code>0x%x</code>, write <code>0x%x</code></div>",
                      reg->address, reg->width, reg->read_mask, reg->write_mask);
        any = true;
    }
    for (uint32_t i = 0; i < p->interrupts.count; i++) {
        const struct sep_cfg_interrupt *line = &r->cfg->interrupts[p->interrupts.first + i];

        (void)fprintf(out, "<div>interrupt line %u as virtual interrupt %u, %s</div>", line->line,
                      line->irq, cfgfile_delivery(r->cfg, p->interrupts.first + i));
        any = true;
    }
    (void)fputs(any ? "</dd>" : "<span class=\"none\">none</span></dd>", out);
}

static void put_stacks(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    char size[REPORT_NUMBER_MAX];

    (void)fputs("<dt>Stacks</dt><dd>", out);
    for (uint32_t i = 0; i < p->vcpus.count; i++) {
        const struct sep_cfg_vcpu *v = &r->cfg->vcpus[p->vcpus.first + i];

        (void)fprintf(out, "<div>vCPU %u: %s at <code>0x%08" PRIx64 "</code>, on CPU %u</div>",
                      v->id, report_size(size, v->stack_size), v->stack_base, v->cpu);
    }
    (void)fputs("</dd>", out);
}

static void put_ipvis(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    if (p->ipvis.count == 0u) {
        return;
    }
    (void)fputs("<dt>Raises</dt><dd>", out);
    for (uint32_t i = 0; i < p->ipvis.count; i++) {
        const struct sep_cfg_ipvi *ipvi = &r->cfg->ipvis[p->ipvis.first + i];

        (void)fprintf(out, "<div>interrupt %u of", ipvi->id);
        for (uint32_t t = 0; t < ipvi->targets.count; t++) {
            const struct sep_cfg_ipvi_target *to = &r->cfg->ipvi_targets[ipvi->targets.first + t];
            uint32_t owner = r->cfg->vcpus[to->vcpu.index].partition.index;

            (void)fputs(t == 0u ? " " : ", ", out);
            html_text(out, cfgfile_text(r->cfg, r->cfg->partitions[owner].name));
        }
        (void)fputs("</div>", out);
    }
    (void)fputs("</dd>", out);
}

static void put_ports(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    if (p->ports.count == 0u) {
        return;
    }
    (void)fputs("<dt>Ports</dt><dd>", out);
    for (uint32_t i = 0; i < p->ports.count; i++) {
        const struct sep_cfg_port *port = &r->cfg->ports[p->ports.first + i];

        (void)fprintf(out, "<div>%u ", i);
        html_text(out, cfgfile_text(r->cfg, port->name));
        (void)fprintf(out, ", %s %s of ", ports_kind(port->kind), ports_direction(port->direction));
        html_text(out,
                  port->channel.index == SEP_CFG_NONE ? "nothing" : ports_channel(r->cfg, port));
        (void)fputs("</div>", out);
    }
    (void)fputs("</dd>", out);
}

static void put_partition(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_partition *p = &r->cfg->partitions[index];
    char size[REPORT_NUMBER_MAX];

    (void)fprintf(out, "<article class=\"card\"><h3><b class=\"dot c%u\"></b>",
                  index % HTML_COLOURS);
    html_text(out, cfgfile_text(r->cfg, p->name));
    (void)fprintf(out, " <small>partition %u</small></h3><p class=\"chips\">", p->id);
    put_flags(p, out);
    (void)fprintf(out,
                  "</p><dl><dt>Entry</dt><dd><code>0x%08" PRIx64 "</code>, %u vCPU%s</dd>"
                  "<dt>Resets</dt><dd data-kind=\"resets\">%s</dd>"
                  "<dt>Console</dt><dd>%s%s</dd>",
                  p->entry, p->vcpus.count, p->vcpus.count == 1u ? "" : "s", list_resets(p->flags),
                  p->console_ring == 0u ? "none" : report_size(size, p->console_ring),
                  p->console_ring == 0u ? "" : " ring");
    put_stacks(r, p, out);
    put_requirement(r, index, out);
    put_devices(r, p, out);
    put_ipvis(r, p, out);
    put_ports(r, p, out);
    (void)fputs("</dl></article>\n", out);
}

void html_partitions(const struct report *report, FILE *out)
{
    (void)fputs("<section id=\"partitions\"><h2>Partitions</h2><div class=\"maps\">\n", out);
    for (uint32_t i = 0; i < report->cfg->partition_count; i++) {
        put_partition(report, i, out);
    }
    (void)fputs("</div></section>\n", out);
}
