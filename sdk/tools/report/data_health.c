// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Actions, restart limits and records in the report's JSON.

#include <septum/event.h>

#include "decode/words.h"
#include "report/data.h"

static void put_actions(struct json *j, const struct report *r, uint32_t owner)
{
    json_open(j, "health", '[');
    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        const struct sep_cfg_action *a = report_acts(r, owner, event);

        if (a != NULL) {
            json_open(j, NULL, '{');
            json_text(j, "event", report_event(event));
            json_text(j, "action", report_action(a->action));
            json_bool(j, "log", a->log != 0u);
            json_close(j, '}');
        }
    }
    json_close(j, ']');
}

static void put_restarts(struct json *j, struct report_restarts restarts)
{
    if (restarts.count == 0u) {
        json_null(j, "restarts");
        return;
    }
    json_open(j, "restarts", '{');
    json_number(j, "count", restarts.count);
    json_number(j, "within", restarts.within);
    json_close(j, '}');
}

static void put_records(struct json *j, const char *key, struct report_records records)
{
    if (records.records == 0u) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_number(j, "records", records.records);
    json_number(j, "bytes", records.bytes);
    json_open(j, "classes", '[');
    for (uint32_t n = 0; words_class(n) != NULL; n++) {
        if ((records.mask & 1u << n) != 0u) {
            json_text(j, NULL, words_class(n));
        }
    }
    json_close(j, ']');
    json_close(j, '}');
}

void report_put_health(struct json *j, const struct report *r, uint32_t owner)
{
    put_actions(j, r, owner);
    put_restarts(j, report_restarts(r, owner));
    if (owner == REPORT_HYPERVISOR) {
        put_records(j, "log", report_log(r));
    }
    put_records(j, "trace", report_trace(r, owner));
}
