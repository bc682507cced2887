// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log: takes its memory, and leaves a record of each event.

#include "hm.h"
#include <kernel/arena.h>
#include <kernel/boot.h>
#include <kernel/cold.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/virq.h>
#include <septum/arena.h>
#include <septum/build_info.h>

struct hm_log hm_log;

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_hm_record", .value = sizeof(struct sep_hm_record)},
};

_Static_assert(HAL_REGISTERS_MAX == SEP_LOG_REGISTERS, "a record holds what a context has");

// Whether a head is one that this hypervisor left for this configuration.
static bool is_sound(const struct sep_log *head, uint32_t records)
{
    return head->magic == SEP_LOG_MAGIC && head->kind == SEP_LOG_HM &&
           head->record_size == sizeof(struct sep_hm_record) && head->capacity == records;
}

bool hm_init(void)
{
    uint32_t records = config.system->log_records;
    uint32_t size = (uint32_t)sep_arena_log(sizeof(struct sep_hm_record), records);
    struct sep_log *head = arena_take(size);

    if (records == 0u) {
        return false;
    }
    // The kernel has made sure that it fits. After a restart it holds what came before.
    if (boot_record.starts == 1u || !is_sound(head, records)) {
        __builtin_memset(head, 0, size);
        *head = (struct sep_log){.magic = SEP_LOG_MAGIC,
                                 .kind = SEP_LOG_HM,
                                 .record_size = sizeof(struct sep_hm_record),
                                 .capacity = records};
    }
    hm_log = (struct hm_log){.head = head, .told = head->count, .dumped = HM_DUMP_NONE};
    return true;
}

// Whoever reads the log gets to know. Once, until a reader was at the end again: who has not read this
// record yet will find the next ones behind it.
COLD static void announce(void)
{
    for (struct partition *p = partition_systems; p != NULL; p = p->next_system) {
        virq_raise(p->vcpus, SEP_IRQ_HM);
    }
}

static bool add(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action)
{
    struct sep_log *head = hm_log.head;
    uint32_t number = head->count;
    struct sep_hm_record *r = hm_record(number);

    r->time = time_read(&cpu_this()->clock);
    r->number = number;
    r->event = fault->event;
    r->action = action;
    r->code = fault->code;
    r->detail = fault->detail;
    r->granule = fault->granule;
    r->pc = fault->pc;
    r->address = fault->address;
    r->reset_count = boot_record.reset_count;
    if (vcpu != NULL) {
        r->partition = vcpu->partition->config->id;
        r->vcpu = vcpu->config->id;
        r->register_count = hal_context_registers(&vcpu->context, r->registers);
    } else {
        struct hal_context *own = fault->context;

        r->partition = SEP_LOG_HYPERVISOR;
        r->vcpu = 0;
        r->register_count = own != NULL ? hal_context_registers(own, r->registers) : 0u;
    }
    head->count = number + 1u; // from now on it counts: a reader meets no half of it
    if (!hm_log.awaited) {
        return false;
    }
    hm_log.awaited = false;
    return true;
}

void hm_event(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action)
{
    bool awaited;

    lock_take(&hm_log.lock);
    awaited = add(vcpu, fault, action);
    lock_give(&hm_log.lock);
    if (awaited) {
        announce();
    }
}

void hm_break_locks(void)
{
    lock_break(&hm_log.lock);
    lock_break(&hm_log.telling);
}
