// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the log says on the console, in idle time: a line or two for each event, and the registers
// where the description asks for them.

#include "hm.h"
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/print.h>

/// Registers of a line.
#define DUMP_LINE 4u

static const char *const event_words[] = {
#define EVENT_WORD(name, word, ...) word,
    SEP_EVENT_LIST(EVENT_WORD)
#undef EVENT_WORD
};

static const char *const action_words[] = {
#define ACTION_WORD(name, word) word,
    SEP_ACTION_LIST(ACTION_WORD)
#undef ACTION_WORD
};

// Whose event it was; NULL: the hypervisor's own.
static struct partition *owner(const struct sep_hm_record *r)
{
    return r->partition == SEP_LOG_HYPERVISOR ? NULL : &partitions[r->partition];
}

static const char *owner_name(const struct sep_hm_record *r)
{
    const struct partition *p = owner(r);

    return p == NULL ? "hypervisor" : partition_name(p);
}

static void *word(uint64_t value)
{
    return (void *)(uintptr_t)value;
}

static void tell_event(const struct sep_hm_record *r)
{
    const char *name = owner_name(r);

    print("HM: %s event %s action %s code %x pc %p", name, event_words[r->event],
          action_words[r->action], r->code, word(r->pc));
    if (r->granule != 0u) {
        print("HM: %s address %p known to %u bytes, status %x", name, word(r->address), r->granule,
              r->detail);
    }
}

// Whether the description wants the registers of such an event on the console.
static bool wants_dump(const struct sep_hm_record *r)
{
    const struct partition *p = owner(r);

    return event_entry(p, (enum sep_event)r->event)->log == SEP_LOG_DUMP && r->register_count != 0u;
}

// A partition that floods the monitor is cut off from the console, not from the log.
static void tell(const struct sep_hm_record *r)
{
    struct partition *p = owner(r);

    if (p != NULL && p->told == HM_LINES_MAX) {
        return;
    }
    tell_event(r);
    if (p != NULL) {
        p->told++;
        if (p->told == HM_LINES_MAX) {
            print("HM: %s: further events are only logged", owner_name(r));
        }
    }
    if (wants_dump(r)) {
        hm_log.dumping = r->number;
        hm_log.dumped = 0;
    }
}

// A record to be told. Where other processors may write over it meanwhile, it is a copy, of who has hm_log.telling.
static const struct sep_hm_record *take(uint32_t number)
{
    static struct sep_hm_record copy;

    if (CONFIG_CPUS_MAX == 1) {
        return hm_record(number);
    }
    lock_take(&hm_log.lock);
    copy = *hm_record(number);
    lock_give(&hm_log.lock);
    return &copy;
}

// A line of registers; what is overwritten meanwhile is given up.
static void dump(void)
{
    const struct sep_hm_record *r = take(hm_log.dumping);
    const sep_word_t *value = &r->registers[hm_log.dumped];

    if (r->number == hm_log.dumping) {
        print("HM: %s registers %u %p %p %p %p", owner_name(r), hm_log.dumped, word(value[0]),
              word(value[1]), word(value[2]), word(value[3]));
    }
    hm_log.dumped += DUMP_LINE;
    if (r->number != hm_log.dumping || hm_log.dumped >= r->register_count) {
        hm_log.dumped = HM_DUMP_NONE;
    }
}
_Static_assert(SEP_LOG_REGISTERS % DUMP_LINE == 0u, "whole lines");

// False if there was nothing to tell.
static bool tell_next(void)
{
    uint32_t count;
    uint32_t untold;

    if (hm_log.dumped != HM_DUMP_NONE) {
        dump();
        return true;
    }
    lock_take(&hm_log.lock);
    count = hm_log.head->count;
    lock_give(&hm_log.lock);
    if (hm_log.told == count) {
        return false;
    }
    untold = count - hm_log.told;
    if (untold > hm_log.head->capacity) {
        untold -= hm_log.head->capacity;
        print("HM: %u events lost before they could be told", untold);
        hm_log.told += untold;
    }
    tell(take(hm_log.told++));
    return true;
}

bool hm_tell(void)
{
    bool more;

    if (hm_log.head == NULL || !lock_try(&hm_log.telling)) {
        return false;
    }
    more = tell_next();
    lock_give(&hm_log.telling);
    return more;
}
