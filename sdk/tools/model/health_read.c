// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What is done about events: a partition's, and the hypervisor's own.

#include "model/system.h"

#include <septum/event.h>

#include "xml/document.h"
#include "xml/positions.h"

#define RESTARTS_MAX 1000000u

static const char *const log_words[] = {
#define LOG_WORD(name, word) word,
    SEP_LOG_LEVEL_LIST(LOG_WORD)
#undef LOG_WORD
        NULL,
};

void health_read(const struct reader *r, struct sys_health *health, xmlNode *node)
{
    health->line = position_of(node);
    health->restarts = read_count(r, node, "restarts", RESTARTS_MAX);
    health->within = read_time(r, node, "within", ZERO_FORBIDDEN);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        struct sys_event *event = POOL_PUSH(r->pool, health->events, health->event_count);

        event->line = position_of(c);
        event->name = read_text(r, c, "name");
        event->action = read_text(r, c, "action");
        event->log = read_word(r, c, "log", log_words);
        event->event = -1;
        event->act = -1;
    }
}
