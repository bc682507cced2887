// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Refresh periods and maximum ages beside the schedule: whether the source comes often enough, and the
// destination soon enough. A plan in which neither of them has a slot, or only the one that suffers nothing
// from it, says nothing about them: nobody writes into a queue there, or nobody reads a sample.

#include "check/check.h"

#include <stdlib.h>

#include <septum/port.h>

#include "base/units.h"

struct spans {
    struct span {
        uint64_t start, end;
    } *list; ///< sorted
    size_t count;
};

struct gap {
    uint64_t from, length;
};

static int compare(const void *left, const void *right)
{
    uint64_t a = ((const struct span *)left)->start;
    uint64_t b = ((const struct span *)right)->start;

    return (a > b) - (a < b);
}

// Slots of a partition in plan n, on all processors.
static struct spans slots_of(struct check *c, size_t n, int partition)
{
    struct spans spans = {NULL, 0};

    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        const struct sys_cpu *cpu = &c->sys->cpus[i];

        for (size_t s = 0; n < cpu->plan_count && s < cpu->plans[n].slot_count; s++) {
            const struct sys_slot *slot = &cpu->plans[n].slots[s];

            if (check_slot_serves(c, slot, partition) && slot->start.ok && slot->duration.ok) {
                *POOL_PUSH(c->pool, spans.list, spans.count) =
                    (struct span){slot->start.value, slot->start.value + slot->duration.value};
            }
        }
    }
    if (spans.count > 1) {
        qsort(spans.list, spans.count, sizeof *spans.list, compare);
    }
    return spans;
}

// Plan n of whichever processor has it; NULL: none.
static const struct sys_plan *any_plan(const struct check *c, size_t n)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        if (n < c->sys->cpus[i].plan_count) {
            return &c->sys->cpus[i].plans[n];
        }
    }
    return NULL;
}

// The longest time between the starts of two slots that follow each other.
static struct gap longest_between(const struct spans *s, uint64_t frame)
{
    struct gap longest = {0, 0};

    for (size_t i = 0; i < s->count; i++) {
        uint64_t next = i + 1 < s->count ? s->list[i + 1].start : s->list[0].start + frame;

        if (next - s->list[i].start > longest.length) {
            longest = (struct gap){s->list[i].start, next - s->list[i].start};
        }
    }
    return longest;
}

// How long something that is sent at a time waits for a slot of its destination.
static struct gap wait_from(const struct spans *destination, uint64_t frame, uint64_t time)
{
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; i < destination->count; i++) {
        const struct span *s = &destination->list[i];
        uint64_t wait = s->start >= time ? s->start - time : s->start + frame - time;

        wait = s->start <= time && time < s->end ? 0 : wait;
        least = wait < least ? wait : least;
    }
    return (struct gap){time, least};
}

// The longest such wait: of what is sent when a slot of the source begins, or in it when one of the
// destination has just ended.
static struct gap longest_wait(const struct spans *source, const struct spans *destination,
                               uint64_t frame)
{
    struct gap longest = {0, 0};

    for (size_t i = 0; i < source->count && destination->count != 0; i++) {
        struct gap wait = wait_from(destination, frame, source->list[i].start);

        longest = wait.length > longest.length ? wait : longest;
        for (size_t k = 0; k < destination->count; k++) {
            uint64_t end = destination->list[k].end;

            if (end > source->list[i].start && end < source->list[i].end) {
                wait = wait_from(destination, frame, end);
                longest = wait.length > longest.length ? wait : longest;
            }
        }
    }
    return longest;
}

// When something that was written before a plan began is older than an age in a slot of its destination:
// where that slot begins, and how long after the plan's beginning. The plan goes on for ever.
static struct gap first_older(const struct spans *destination, uint64_t frame, uint64_t age)
{
    struct gap first = {0, UINT64_MAX};

    for (size_t i = 0; i < destination->count; i++) {
        uint64_t start = destination->list[i].start;
        uint64_t frames = start > age ? 0 : (age - start) / frame + 1;

        if (start + frames * frame < first.length) {
            first = (struct gap){start, start + frames * frame};
        }
    }
    return first;
}

// A frame that waits for an interrupt is so much longer at most.
static uint64_t frame_most(const struct sys_plan *plan)
{
    return plan->frame.value + (plan->sync_timeout.ok ? plan->sync_timeout.value : 0);
}

// In a plan without a slot of the source nothing is refreshed, whoever reads.
static void check_unwritten(struct check *c, const struct sys_channel *channel, size_t n,
                            const struct sys_plan *plan)
{
    const char *from = c->sys->partitions[channel->sources[0].index].name.text;

    for (size_t i = 0; i < channel->destination_count; i++) {
        int to = channel->destinations[i].index;
        struct spans destination = to >= 0 ? slots_of(c, n, to) : (struct spans){NULL, 0};
        struct gap first = first_older(&destination, frame_most(plan), channel->age.value);

        if (destination.count != 0) {
            diag_add(
                c->diags, RULE_AGE_SHORT, channel->age.line,
                "channel '%s' has a refresh period of %s, but in plan '%s' its source '%s' has no "
                "slot: what '%s' reads %s after the plan's start, in its slot at %s, is older "
                "than that" MEND "leave 'refreshPeriod' out, or give '%s' a slot in plan '%s'",
                channel->name.text, units_print_time(c->pool, channel->age.value), plan->name.text,
                from, c->sys->partitions[to].name.text, units_print_time(c->pool, first.length),
                units_print_time(c->pool, first.from), from, plan->name.text);
        }
    }
}

// In a plan without a slot of the destination nothing is received, whoever sends.
static void check_unread(struct check *c, const struct sys_channel *channel,
                         const struct spans *source, const struct sys_plan *plan)
{
    const char *to = c->sys->partitions[channel->destinations[0].index].name.text;
    uint64_t sent = source->list[0].start;

    diag_add(
        c->diags, RULE_AGE_SHORT, channel->age.line,
        "channel '%s' keeps messages for %s, but in plan '%s' its destination '%s' has no slot: "
        "what '%s' sends at %s is too old at %s" MEND
        "leave 'maxAge' out, or give '%s' a slot in plan '%s'",
        channel->name.text, units_print_time(c->pool, channel->age.value), plan->name.text, to,
        c->sys->partitions[channel->sources[0].index].name.text, units_print_time(c->pool, sent),
        units_print_time(c->pool, sent + channel->age.value), to, plan->name.text);
}

static void check_sampling(struct check *c, const struct sys_channel *channel, size_t n,
                           const struct sys_plan *plan)
{
    int index = channel->sources[0].index;
    struct spans source = slots_of(c, n, index);
    struct gap gap = longest_between(&source, frame_most(plan));

    if (source.count == 0) {
        check_unwritten(c, channel, n, plan);
    }
    if (gap.length > channel->age.value) {
        diag_add(c->diags, RULE_AGE_SHORT, channel->age.line,
                 "channel '%s' has a refresh period of %s, but in plan '%s' no slot of its source "
                 "'%s' begins between %s and %s, which is %s" MEND
                 "lengthen 'refreshPeriod', or give '%s' a slot in between",
                 channel->name.text, units_print_time(c->pool, channel->age.value), plan->name.text,
                 c->sys->partitions[index].name.text, units_print_time(c->pool, gap.from),
                 units_print_time(c->pool, gap.from + gap.length),
                 units_print_time(c->pool, gap.length), c->sys->partitions[index].name.text);
    }
}

static void check_queuing(struct check *c, const struct sys_channel *channel, size_t n,
                          const struct sys_plan *plan)
{
    int to = channel->destinations[0].index;
    struct spans source = slots_of(c, n, channel->sources[0].index);
    struct spans destination = slots_of(c, n, to);
    struct gap gap = longest_wait(&source, &destination, frame_most(plan));

    if (destination.count == 0 && source.count != 0) {
        check_unread(c, channel, &source, plan);
    }
    if (gap.length > channel->age.value) {
        diag_add(c->diags, RULE_AGE_SHORT, channel->age.line,
                 "channel '%s' keeps messages for %s, but in plan '%s' one that '%s' sends at %s "
                 "waits until %s for a slot of '%s', which is %s" MEND
                 "lengthen 'maxAge', or give '%s' a slot in between",
                 channel->name.text, units_print_time(c->pool, channel->age.value), plan->name.text,
                 c->sys->partitions[channel->sources[0].index].name.text,
                 units_print_time(c->pool, gap.from),
                 units_print_time(c->pool, gap.from + gap.length), c->sys->partitions[to].name.text,
                 units_print_time(c->pool, gap.length), c->sys->partitions[to].name.text);
    }
}

static bool can_be_judged(const struct sys_channel *channel)
{
    return channel->age.ok && channel->source_count != 0 && channel->sources[0].index >= 0 &&
           channel->destination_count != 0 && channel->destinations[0].index >= 0;
}

void check_ages(struct check *c)
{
    for (size_t i = 0; i < c->sys->channel_count; i++) {
        const struct sys_channel *channel = &c->sys->channels[i];
        const struct sys_plan *plan = any_plan(c, 0);

        for (size_t n = 0; plan != NULL && can_be_judged(channel); plan = any_plan(c, ++n)) {
            if (!plan->frame.ok) {
                continue;
            }
            if (channel->kind == SEP_PORT_SAMPLING) {
                check_sampling(c, channel, n, plan);
            } else {
                check_queuing(c, channel, n, plan);
            }
        }
    }
}
