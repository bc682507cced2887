// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What happens when something goes wrong, and what is recorded of it: of partitions and of the hypervisor.

#include <stdio.h>

#include <septum/arena.h>
#include <septum/event.h>

#include "model/event.h"
#include "report/report.h"

const struct sep_cfg_action *report_acts(const struct report *report, uint32_t owner,
                                         uint32_t event)
{
    bool own = owner == REPORT_HYPERVISOR;
    const sep_list_action *list =
        own ? &report->system->actions : &report->cfg->partitions[owner].actions;

    // Of a partition cfgfile_check() has seen to it that there are all.
    if (event >= list->count || !(own ? event_is_own(event) : event_is_raised(event))) {
        return NULL;
    }
    return &report->cfg->actions[list->first + event];
}

bool report_acts_by_default(uint32_t owner, uint32_t event, uint32_t action)
{
    static const struct {
        uint32_t partition, own;
    } standard[] = {
#define STANDARD(name, word, action, log, allowed, own, own_allowed) [name] = {action, own},
        SEP_EVENT_LIST(STANDARD)
#undef STANDARD
    };

    return event < SEP_EVENT_COUNT &&
           action == (owner == REPORT_HYPERVISOR ? standard[event].own : standard[event].partition);
}

struct report_restarts report_restarts(const struct report *report, uint32_t owner)
{
    if (owner == REPORT_HYPERVISOR) {
        return (struct report_restarts){report->system->restarts, 0};
    }
    return (struct report_restarts){report->cfg->partitions[owner].restarts,
                                    report->cfg->partitions[owner].restart_time};
}

const char *report_limit(char text[REPORT_LIMIT_MAX], struct report_restarts restarts)
{
    char time[REPORT_NUMBER_MAX];

    if (restarts.count == 0u) {
        (void)snprintf(text, REPORT_LIMIT_MAX, "any number");
    } else if (restarts.within == 0u) {
        (void)snprintf(text, REPORT_LIMIT_MAX, "%u since power on", restarts.count);
    } else {
        (void)snprintf(text, REPORT_LIMIT_MAX, "%u in %s", restarts.count,
                       report_time(time, restarts.within));
    }
    return text;
}

struct report_records report_trace(const struct report *report, uint32_t owner)
{
    bool own = owner == REPORT_HYPERVISOR;
    const struct sep_cfg_partition *p = own ? NULL : &report->cfg->partitions[owner];
    uint32_t records = own ? report->system->trace_records : p->trace_records;

    return (struct report_records){records, own ? report->system->trace_mask : p->trace_mask,
                                   sep_arena_log(sizeof(struct sep_trace_record), records)};
}

struct report_records report_log(const struct report *report)
{
    return (struct report_records){report->system->log_records, 0, cfgfile_log_size(report->cfg)};
}
