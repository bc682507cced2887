// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes the report's numbers.

#include <inttypes.h>
#include <stdio.h>

#include <septum/event.h>
#include <septum/port.h>

#include "image/ports.h"
#include "image/sha256.h"
#include "report/report.h"

void report_init(struct report *report, const struct cfgfile *cfg, const struct hypervisor *h,
                 const struct bound *longest)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);

    *report = (struct report){
        .cfg = cfg,
        .system = s,
        .longest = *longest,
        .code_bytes = h->code_bytes,
        .data_bytes = h->data_bytes,
        .ram_bytes = h->data_bytes + s->arena_size,
        .own = {[REPORT_BINARY] = {"hypervisor", h->start, h->end - h->start},
                [REPORT_CONFIG] = {"configuration", hypervisor_config_address(h), cfg->header.size},
                [REPORT_ARENA] = {"arena", s->arena_start, s->arena_size},
                [REPORT_BLOBS] = {"packed images", s->blobs_start, s->blobs_size}},
    };
    sha256_hex(cfg->header.sha256, report->hash);
}

const struct sep_cfg_plan *report_plan(const struct report *report, uint32_t cpu, uint32_t plan)
{
    return &report->cfg->plans[report->cfg->cpus[cpu].plans.first + plan];
}

uint32_t report_slot_partition(const struct report *report, const struct sep_cfg_slot *slot)
{
    return slot->vcpu.index == SEP_CFG_NONE ? SEP_CFG_NONE
                                            : report->cfg->vcpus[slot->vcpu.index].partition.index;
}

uint64_t report_load(const struct report *report, uint32_t plan, uint32_t partition)
{
    uint64_t sum = 0;

    for (uint32_t cpu = 0; cpu < report->cfg->cpu_count; cpu++) {
        const struct sep_cfg_plan *p = report_plan(report, cpu, plan);

        for (uint32_t i = 0; i < p->slots.count; i++) {
            const struct sep_cfg_slot *slot = &report->cfg->slots[p->slots.first + i];

            sum += report_slot_partition(report, slot) == partition ? slot->duration : 0u;
        }
    }
    return sum;
}

const char *report_event(uint32_t event)
{
    static const char *const words[] = {
#define WORD(name, word, ...) word,
        SEP_EVENT_LIST(WORD)
#undef WORD
    };

    return event < SEP_EVENT_COUNT ? words[event] : "?";
}

const char *report_action(uint32_t action)
{
    static const char *const words[] = {
#define WORD(name, word) word,
        SEP_ACTION_LIST(WORD)
#undef WORD
    };

    return action < SEP_ACTION_COUNT ? words[action] : "?";
}

const char *report_time(char text[REPORT_NUMBER_MAX], uint64_t ns)
{
    static const struct {
        uint64_t ns;
        const char *name;
    } units[] = {{1000000000u, "s"}, {1000000u, "ms"}, {1000u, "us"}, {1u, "ns"}};
    unsigned u = 0;

    while (ns != 0u && ns % units[u].ns != 0u) {
        u++;
    }
    (void)snprintf(text, REPORT_NUMBER_MAX, "%" PRIu64 " %s", ns / units[u].ns,
                   ns == 0u ? "ms" : units[u].name);
    return text;
}

const char *report_size(char text[REPORT_NUMBER_MAX], uint64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    unsigned u = 0;
    uint64_t tenths = bytes * 10u;

    while (u + 1u < sizeof(units) / sizeof(units[0]) && tenths >= 10240u) {
        tenths = (tenths + 512u) / 1024u;
        u++;
    }
    if (tenths % 10u == 0u) {
        (void)snprintf(text, REPORT_NUMBER_MAX, "%" PRIu64 " %s", tenths / 10u, units[u]);
    } else {
        (void)snprintf(text, REPORT_NUMBER_MAX, "%" PRIu64 ".%u %s", tenths / 10u,
                       (unsigned)(tenths % 10u), units[u]);
    }
    return text;
}

const char *report_percent(char text[REPORT_NUMBER_MAX], uint64_t value, uint64_t scale)
{
    uint64_t tenths = (uint64_t)(((unsigned __int128)value * 1000u + scale / 2u) / scale);

    (void)snprintf(text, REPORT_NUMBER_MAX, "%" PRIu64 ".%u %%", tenths / 10u,
                   (unsigned)(tenths % 10u));
    return text;
}

const char *report_channel(char text[REPORT_CHANNEL_MAX], const struct sep_cfg_channel *channel)
{
    bool queuing = channel->kind == SEP_PORT_QUEUING;
    char depth[REPORT_NUMBER_MAX] = "";
    char age[REPORT_NUMBER_MAX];

    if (queuing) {
        (void)snprintf(depth, sizeof(depth), "%u of ", channel->depth);
    }
    (void)snprintf(text, REPORT_CHANNEL_MAX, "%s, %s%u B, %s%s", ports_kind(channel->kind), depth,
                   channel->message_size,
                   channel->max_age == 0u ? "no age limit"
                   : queuing              ? "kept "
                                          : "refresh ",
                   channel->max_age == 0u ? "" : report_time(age, channel->max_age));
    return text;
}
