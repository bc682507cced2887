// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor: looks up the configured action and leaves a record.

#include "hm.h"
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/print.h>

struct hm_log hm_log;

static const char *const event_words[] = {
#define EVENT_WORD(name, word, action) word,
    SEP_EVENT_LIST(EVENT_WORD)
#undef EVENT_WORD
};

static const char *const action_words[] = {
#define ACTION_WORD(name, word) word,
    SEP_ACTION_LIST(ACTION_WORD)
#undef ACTION_WORD
};

static void record(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action)
{
    struct hm_record *r = &hm_log.records[hm_log.count % HM_LOG_RECORDS];

    r->time = time_now(&cpu_this()->clock);
    r->fault = *fault;
    r->partition = vcpu->partition->config->id;
    r->vcpu = vcpu->config->id;
    r->action = action;
    r->number = hm_log.count++;
    hal_context_registers(&vcpu->context, &r->registers);
}

// One line per event; a partition that floods the monitor is cut off from the console, not from
// the log.
static void tell(const struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action)
{
    const struct partition *p = vcpu->partition;
    if (p->event_count > HM_LINES_MAX) {
        return;
    }
    print("HM: %s event %s action %s code %x pc %p", partition_name(p), event_words[fault->event],
          action_words[action], fault->code, (void *)fault->pc);
    if (fault->granule != 0u) {
        print("HM: %s address %p known to %u bytes, status %x", partition_name(p),
              (void *)fault->address, fault->granule, fault->detail);
    }
    if (p->event_count == HM_LINES_MAX) {
        print("HM: %s: further events are only logged", partition_name(p));
    }
}

enum sep_action hm_event(struct vcpu *vcpu, const struct hal_fault *fault)
{
    const struct sep_cfg_action *entry =
        &config.action[vcpu->partition->config->actions.first + fault->event];
    enum sep_action action = (enum sep_action)entry->action;

    if (entry->log != 0u) {
        record(vcpu, fault, action);
        tell(vcpu, fault, action);
    }
    return action;
}
