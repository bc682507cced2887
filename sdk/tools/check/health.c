// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Health monitor: known events, known actions, and which action an event allows.

#include "check/check.h"

#include <string.h>

#include <septum/info.h>

#include "base/suggest.h"
#include "model/event.h"

static const char *const event_words[SEP_EVENT_COUNT] = {
#define EVENT_WORD(name, word, action) [name] = (word),
    SEP_EVENT_LIST(EVENT_WORD)
#undef EVENT_WORD
};

static const char *const action_words[SEP_ACTION_COUNT] = {
#define ACTION_WORD(name, word) [name] = (word),
    SEP_ACTION_LIST(ACTION_WORD)
#undef ACTION_WORD
};

// Why an event does not allow an action; NULL when it does.
static const char *objection(int event, int action)
{
    if (action == SEP_ACTION_PROPAGATE && !sep_event_is_fault((uint32_t)event)) {
        return "only faults that the partition itself caused can be passed to it";
    }
    if (action == SEP_ACTION_HYPERVISOR_HALT && event != SEP_EVENT_INTEGRITY) {
        return "no partition may stop the system; use halt, suspend or a reset";
    }
    if (event == SEP_EVENT_INTEGRITY && action != SEP_ACTION_HALT && action != SEP_ACTION_SUSPEND &&
        action != SEP_ACTION_HYPERVISOR_HALT) {
        return "a partition whose image is damaged cannot run; use halt, suspend or "
               "hypervisor-halt";
    }
    return NULL;
}

static int find(const char *word, const char *const *words, int count, struct suggest *suggest)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return i;
        }
        suggest_word(suggest, words[i]);
    }
    return -1;
}

static void resolve(struct check *c, struct sys_event *event)
{
    struct suggest names = suggest_begin(event->name.text);
    struct suggest actions = suggest_begin(event->action.text);

    event->event = find(event->name.text, event_words, SEP_EVENT_COUNT, &names);
    event->act = find(event->action.text, action_words, SEP_ACTION_COUNT, &actions);
    if (event->event < 0 && event->name.given) {
        diag_add(c->diags, RULE_EVENT_UNKNOWN, event->name.line, "event '%s' is unknown" MEND "%s",
                 event->name.text,
                 suggest_text(&names, c->pool, "see the manual's list of events"));
    }
    if (event->act < 0 && event->action.given) {
        diag_add(c->diags, RULE_ACTION_UNKNOWN, event->action.line,
                 "action '%s' is unknown" MEND "%s", event->action.text,
                 suggest_text(&actions, c->pool, "see the manual's list of actions"));
    }
}

static bool is_reset(int action)
{
    return action == SEP_ACTION_COLD_RESET || action == SEP_ACTION_WARM_RESET;
}

// The hypervisor would do something else than the description says.
static void check_policy(struct check *c, const struct sys_partition *p,
                         const struct sys_event *event)
{
    bool none = (p->flags & SEP_PARTITION_NO_RESET) != 0u;
    bool cold = (p->flags & SEP_PARTITION_COLD_ONLY) != 0u;

    if ((none && is_reset(event->act)) || (cold && event->act == SEP_ACTION_WARM_RESET)) {
        diag_add(c->diags, RULE_RESET_REFUSED, event->action.line,
                 "action '%s' for event '%s', but partition '%s' says resets=\"%s\" in line %u" MEND
                 "use %s",
                 event->action.text, event->name.text, p->name.text, p->resets.text, p->resets.line,
                 none ? "halt or suspend, or allow the reset"
                      : "cold-reset, or write resets=\"any\"");
    }
}

static void check_event(struct check *c, const struct sys_partition *p, size_t index)
{
    struct sys_event *event = &p->events[index];

    resolve(c, event);
    if (event->event >= 0 && !event_is_raised((uint32_t)event->event)) {
        diag_add(
            c->diags, RULE_EVENT_NOT_RAISED, event->name.line,
            "event '%s' is not raised by this hypervisor, so that partition '%s' cannot rely on "
            "its action" MEND "remove it",
            event->name.text, p->name.text);
    } else if (event->event >= 0 && event->act >= 0 &&
               objection(event->event, event->act) != NULL) {
        diag_add(c->diags, RULE_ACTION_FORBIDDEN, event->action.line,
                 "action '%s' is not allowed for event '%s' of partition '%s'" MEND "%s",
                 event->action.text, event->name.text, p->name.text,
                 objection(event->event, event->act));
    }
    check_policy(c, p, event);
    for (size_t i = 0; i < index; i++) {
        if (event->event >= 0 && p->events[i].event == event->event) {
            diag_add(c->diags, RULE_EVENT_TWICE, event->name.line,
                     "event '%s' of partition '%s' is given twice, first in line %u" MEND
                     "remove one",
                     event->name.text, p->name.text, p->events[i].line);
            return;
        }
    }
}

void check_health(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        for (size_t k = 0; k < c->sys->partitions[i].event_count; k++) {
            check_event(c, &c->sys->partitions[i], k);
        }
    }
}
