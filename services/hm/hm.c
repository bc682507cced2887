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
    struct partition *p = vcpu->partition;

    r->time = cpu_this()->now;
    r->fault = *fault;
    r->partition = p->config->id;
    r->vcpu = vcpu->config->id;
    r->action = action;
    r->number = hm_log.count++;
    r->line = p->event_count;
    hal_context_registers(&vcpu->context, &r->registers);
}

// A partition that floods the monitor is cut off from the console, not from the log.
static void tell(const struct hm_record *r)
{
    const struct hal_fault *fault = &r->fault;
    const char *name = partition_name(&partitions[r->partition]);

    if (r->line > HM_LINES_MAX) {
        return;
    }
    print("HM: %s event %s action %s code %x pc %p", name, event_words[fault->event],
          action_words[r->action], fault->code, (void *)fault->pc);
    if (fault->granule != 0u) {
        print("HM: %s address %p known to %u bytes, status %x", name, (void *)fault->address,
              fault->granule, fault->detail);
    }
    if (r->line == HM_LINES_MAX) {
        print("HM: %s: further events are only logged", name);
    }
}

bool hm_tell(void)
{
    uint32_t waiting = hm_log.count - hm_log.told;

    if (waiting == 0u) {
        return false;
    }
    if (waiting > HM_LOG_RECORDS) {
        print("HM: %u events lost before they could be told", waiting - HM_LOG_RECORDS);
        hm_log.told = hm_log.count - HM_LOG_RECORDS;
    }
    tell(&hm_log.records[hm_log.told++ % HM_LOG_RECORDS]);
    return true;
}

enum sep_action hm_event(struct vcpu *vcpu, const struct hal_fault *fault)
{
    const struct sep_cfg_action *entry =
        &config.action[vcpu->partition->config->actions.first + fault->event];
    enum sep_action action = (enum sep_action)entry->action;

    if (entry->log != 0u) {
        record(vcpu, fault, action);
    }
    return action;
}
