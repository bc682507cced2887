// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Traces: their streams in the arena, and what the kernel's trace points record in them.

#include "trace.h"
#include <kernel/cold.h>
#include <kernel/arena.h>
#include <kernel/hypercall.h>
#include <kernel/trace.h>
#include <septum/arena.h>
#include <septum/build_info.h>

struct sep_log *trace_hypervisor;

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_trace", .value = sizeof(struct sep_log)},
};

// Takes a stream, if there are to be records. False: the arena is too small.
static bool stream_init(struct sep_log **log, uint32_t number, uint32_t records, uint32_t mask)
{
    *log = NULL;
    if (records == 0u) {
        return true;
    }
    *log = arena_take(sep_arena_trace(records));
    if (*log == NULL) {
        return false;
    }
    **log = (struct sep_log){.magic = SEP_LOG_MAGIC,
                             .kind = SEP_LOG_TRACE,
                             .stream = number,
                             .record_size = sizeof(struct sep_trace_record),
                             .capacity = records,
                             .mask = mask};
    return true;
}

COLD bool trace_init(void)
{
    const struct sep_cfg_system *s = config.system;
    uint32_t mask = s->trace_mask;
    bool good = stream_init(&trace_hypervisor, 0, s->trace_records, s->trace_mask);

    for (uint32_t i = 0; good && i < s->partitions.count; i++) {
        struct partition *p = &partitions[i];

        good = stream_init(&p->trace, 1u + i, p->config->trace_records, p->config->trace_mask);
        p->trace_mask = p->config->trace_mask;
        mask |= p->trace_mask & SEP_TRACE_SCHEDULING;
    }
    for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
        cpus[i].trace = mask;
    }
    return good;
}

COLD void trace_vcpu(const struct vcpu *vcpu, enum sep_trace_event event, uint32_t a, uint32_t b,
                     uint32_t c)
{
    const struct partition *partition = vcpu->partition;

    trace_put(partition->trace, event, partition->config->id, vcpu->config->id, a, b, c);
}

COLD void trace_partition_state(const struct partition *partition)
{
    trace_vcpu(partition->vcpus, SEP_TRACE_EVENT_STATE, partition_visible_state(partition),
               partition->mode, partition->reset_count);
}

static bool hypervisor_wants(enum sep_trace_class class)
{
    return (config.system->trace_mask & (uint32_t)class) != 0u;
}

COLD void trace_system(enum sep_trace_class class, enum sep_trace_event event, uint32_t a,
                       uint32_t b, uint32_t c)
{
    if (hypervisor_wants(class)) {
        trace_put(trace_hypervisor, event, SEP_LOG_HYPERVISOR, 0, a, b, c);
    }
}

COLD void trace_slot(const struct sched *sched)
{
    const uint32_t slot = sched->next[-1].id;
    const struct vcpu *vcpu = sched->vcpu;

    if (vcpu == NULL) {
        trace_system(SEP_TRACE_SCHEDULING, SEP_TRACE_EVENT_GAP, slot, 0, sched->current);
        return;
    }
    if (hypervisor_wants(SEP_TRACE_SCHEDULING)) {
        trace_put(trace_hypervisor, SEP_TRACE_EVENT_SLOT, vcpu->partition->config->id,
                  vcpu->config->id, slot, vcpu->config->id, sched->current);
    }
    if (trace_wants(vcpu->partition->trace_mask, SEP_TRACE_SCHEDULING)) {
        trace_vcpu(vcpu, SEP_TRACE_EVENT_SLOT, slot, vcpu->config->id, sched->current);
    }
}

COLD sep_status_t kernel_hypercall_traced(sep_word_t a0, sep_word_t a1, sep_word_t a2,
                                          sep_word_t a3, sep_word_t a4, hal_hypercall_t handler,
                                          sep_word_t number)
{
    const struct vcpu *vcpu = cpu_caller();
    sep_status_t status;

    // An event of the partition's own is a record already.
    if (handler == hc_trace_write) {
        return handler(a0, a1, a2, a3, a4);
    }
    trace_vcpu(vcpu, SEP_TRACE_EVENT_HYPERCALL, (uint32_t)number, (uint32_t)a0, (uint32_t)a1);
    status = handler(a0, a1, a2, a3, a4);
    trace_vcpu(vcpu, SEP_TRACE_EVENT_HYPERCALL_END, (uint32_t)number, (uint32_t)status, 0);
    return status;
}
