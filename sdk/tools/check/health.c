// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Health monitor: known events, known actions, and which action an event allows.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/config.h>
#include <septum/info.h>

#include "base/suggest.h"

static const char *const event_words[SEP_EVENT_COUNT] = {
#define EVENT_WORD(name, word, ...) [name] = (word),
    SEP_EVENT_LIST(EVENT_WORD)
#undef EVENT_WORD
};

static const char *const action_words[SEP_ACTION_COUNT] = {
#define ACTION_WORD(name, word) [name] = (word),
    SEP_ACTION_LIST(ACTION_WORD)
#undef ACTION_WORD
};

// What an event allows: of a partition, and of the hypervisor itself.
static const struct {
    unsigned partition, own;
} allowed[SEP_EVENT_COUNT] = {
#define ALLOWED(name, word, action, log, partition, standard, own) [name] = {(partition), (own)},
    SEP_EVENT_LIST(ALLOWED)
#undef ALLOWED
};

/// Whose events are looked at.
struct owner {
    const char *name;              ///< as messages say it
    const struct sys_partition *p; ///< NULL: the hypervisor
    const struct sys_health *health;
};

static unsigned allowed_to(const struct owner *owner, int event)
{
    return owner->p != NULL ? allowed[event].partition : allowed[event].own;
}

// Why the hypervisor's own event does not allow an action.
static const char *own_objection(unsigned actions)
{
    return (actions & SEP_ACTION_BIT(SEP_ACTION_IGNORE)) != 0
               ? "it is no partition's; use ignore, maintenance-plan, hypervisor-halt or a reset "
                 "of "
                 "the hypervisor"
               : "the hypervisor cannot go on; use hypervisor-halt, hypervisor-cold-reset or "
                 "hypervisor-warm-reset";
}

// Why an event does not allow an action.
static const char *objection(const struct owner *owner, const struct sys_event *event)
{
    unsigned actions = allowed_to(owner, event->event);

    if (owner->p == NULL) {
        return own_objection(actions);
    }
    if (event->act == SEP_ACTION_PROPAGATE) {
        return "only faults that the partition itself caused can be passed to it";
    }
    if (actions == SEP_ACTIONS_IMAGE) {
        return "a partition whose image is damaged cannot run; use halt, suspend, "
               "maintenance-plan, "
               "hypervisor-halt or a reset of the hypervisor";
    }
    return "no partition may stop the system; use halt, suspend or a reset";
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

// The hypervisor would have no plan to switch to.
static void check_maintenance(struct check *c, const struct owner *owner,
                              const struct sys_event *event)
{
    const struct sys_cpu *cpu = c->sys->cpus;

    if (event->act == SEP_ACTION_MAINTENANCE_PLAN && c->sys->cpu_count != 0 &&
        cpu->plan_count <= SEP_PLAN_MAINTENANCE) {
        diag_add(c->diags, RULE_NO_MAINTENANCE, event->action.line,
                 "action 'maintenance-plan' for event '%s' of %s, but the system has only one "
                 "plan" MEND "add a second plan, which is the one for maintenance",
                 event->name.text, owner->name);
    }
}

static void check_action(struct check *c, const struct owner *owner, const struct sys_event *event)
{
    if (event->event >= 0 && allowed_to(owner, event->event) == SEP_ACTIONS_NONE) {
        diag_add(c->diags, RULE_EVENT_NOT_RAISED, event->name.line,
                 "event '%s' is never one of %s, so that its action would never be taken" MEND
                 "remove it%s",
                 event->name.text, owner->name,
                 owner->p != NULL ? ", or move it to the hypervisor's" : "");
    } else if (event->event >= 0 && event->act >= 0 &&
               (allowed_to(owner, event->event) & (1u << event->act)) == 0) {
        diag_add(c->diags, RULE_ACTION_FORBIDDEN, event->action.line,
                 "action '%s' is not allowed for event '%s' of %s" MEND "%s", event->action.text,
                 event->name.text, owner->name, objection(owner, event));
    }
    check_maintenance(c, owner, event);
}

static void check_event(struct check *c, const struct owner *owner, size_t index)
{
    struct sys_event *event = &owner->health->events[index];

    resolve(c, event);
    check_action(c, owner, event);
    if (owner->p != NULL) {
        check_policy(c, owner->p, event);
    }
    for (size_t i = 0; i < index; i++) {
        const struct sys_event *other = &owner->health->events[i];

        if (event->event >= 0 && other->event == event->event) {
            diag_add(c->diags, RULE_EVENT_TWICE, event->name.line,
                     "event '%s' of %s is given twice, first in line %u" MEND "remove one",
                     event->name.text, owner->name, other->line);
            return;
        }
    }
}

// A number of resets needs the time in which they are counted, and the time the number.
static void check_restarts(struct check *c, const struct owner *owner)
{
    const struct sys_health *h = owner->health;

    if (owner->p != NULL && h->restarts.given != h->within.given) {
        diag_add(c->diags, RULE_RESTARTS, h->line,
                 "%s limits restarts by restarts= or within= alone" MEND
                 "write both, for example restarts=\"3\" within=\"10s\"",
                 owner->name);
    } else if (h->restarts.ok && h->restarts.value == 0) {
        diag_add(c->diags, RULE_RESTARTS, h->restarts.line,
                 "%s allows 0 restarts" MEND "use the action halt instead of resets", owner->name);
    } else if (owner->p != NULL && h->restarts.ok && h->restarts.value > SEP_RESTARTS_MAX) {
        diag_add(c->diags, RULE_RESTARTS, h->restarts.line,
                 "%s allows %" PRIu64 " restarts within a time" MEND
                 "allow %u or less, within a shorter time",
                 owner->name, h->restarts.value, SEP_RESTARTS_MAX);
    }
}

static void check_owner(struct check *c, const struct owner *owner)
{
    check_restarts(c, owner);
    for (size_t i = 0; i < owner->health->event_count; i++) {
        check_event(c, owner, i);
    }
}

static void check_log(struct check *c)
{
    const struct num *log = &c->sys->log;

    if (log->ok && ((log->value & (log->value - 1)) != 0 || log->value < SEP_LOG_RECORDS_MIN ||
                    log->value > SEP_LOG_RECORDS_MAX)) {
        diag_add(c->diags, RULE_LOG_RECORDS, log->line,
                 "the health monitor's log has %" PRIu64
                 " records, which is not a power of two from "
                 "%u to %u" MEND "write log=\"%u\", for example",
                 log->value, SEP_LOG_RECORDS_MIN, SEP_LOG_RECORDS_MAX, SEP_LOG_RECORDS_DEFAULT);
    }
}

void check_health(struct check *c)
{
    struct owner own = {.name = "the hypervisor", .health = &c->sys->health};

    check_log(c);
    check_owner(c, &own);
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];
        struct owner owner = {.name = pool_printf(c->pool, "partition '%s'", p->name.text),
                              .p = p,
                              .health = &p->health};

        check_owner(c, &owner);
    }
}
