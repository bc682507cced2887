// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition of a description.

#include "model/system.h"

#include <septum/info.h>

#include "xml/document.h"
#include "xml/positions.h"

static const char *const flag_words[] = {"system", "fp", "boot", "launch", "non-preemptible", NULL};
static const unsigned flag_bits[] = {SEP_PARTITION_SYSTEM, SEP_PARTITION_FP, SEP_PARTITION_BOOT,
                                     SEP_PARTITION_LAUNCH, SEP_PARTITION_NON_PREEMPTIBLE};
static const char *const reset_words[] = {"any", "cold", "none", NULL};
static const unsigned reset_flags[] = {0, SEP_PARTITION_COLD_ONLY, SEP_PARTITION_NO_RESET};
static const char *const right_words[] = {"r", "rw", "rx", "rwx", NULL};
static const unsigned rights[] = {
    SEP_AREA_READ,
    SEP_AREA_READ | SEP_AREA_WRITE,
    SEP_AREA_READ | SEP_AREA_EXECUTE,
    SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE,
};

static unsigned read_flags(const struct reader *r, xmlNode *node)
{
    unsigned words = read_words(r, node, "flags", flag_words);
    unsigned flags = 0;

    for (size_t i = 0; i < sizeof flag_bits / sizeof *flag_bits; i++) {
        flags |= (words >> i & 1u) != 0u ? flag_bits[i] : 0u;
    }
    return flags;
}

static void read_area(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_area *area = POOL_PUSH(r->pool, p->areas, p->area_count);
    int right = read_word(r, node, "rights", right_words);

    area->line = position_of(node);
    area->name = read_name(r, node, "name");
    area->start = read_address(r, node, "start");
    area->size = read_size(r, node, "size", ZERO_FORBIDDEN);
    area->mapped = read_address(r, node, "mappedAt");
    if (!area->mapped.given) {
        area->mapped = area->start;
    }
    area->doorbell = read_count(r, node, "doorbell", UINT16_MAX);
    area->flags = right < 0 ? SEP_AREA_READ | SEP_AREA_WRITE : rights[right];
    area->flags |= read_yes(r, node, "shared", false) ? (unsigned)SEP_AREA_SHARED : 0u;
    area->flags |= read_yes(r, node, "uncached", false) ? (unsigned)SEP_AREA_UNCACHED : 0u;
}

static void read_os(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    p->os.line = position_of(node);
    p->os.ramdisk = read_path(r, node, "ramdisk", RULE_RAMDISK_MISSING);
    p->os.arguments = read_text(r, node, "arguments");
    p->flags |= SEP_PARTITION_UNMODIFIED;
}

static void read_memory(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        read_area(r, p, c);
    }
}

static void read_stack(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_stack *stack = POOL_PUSH(r->pool, p->stacks, p->stack_count);

    stack->line = position_of(node);
    stack->vcpu = read_count(r, node, "vcpu", VCPUS_MAX - 1u);
    stack->area = read_text(r, node, "area");
    stack->size = read_size(r, node, "size", ZERO_FORBIDDEN);
    stack->offset = read_size(r, node, "offset", ZERO_ALLOWED);
    stack->index = -1;
}

static void read_vcpu(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_vcpu *vcpu = POOL_PUSH(r->pool, p->pooled, p->pooled_count);

    vcpu->line = position_of(node);
    vcpu->id = num_or(read_count(r, node, "id", VCPUS_MAX - 1u), 0);
    vcpu->pool = read_text(r, node, "pool");
    vcpu->pool_index = -1;
    vcpu->period = read_time(r, node, "period", ZERO_FORBIDDEN);
    vcpu->capacity = read_time(r, node, "capacity", ZERO_FORBIDDEN);
    vcpu->deadline = read_time(r, node, "deadline", ZERO_FORBIDDEN);
    if (!vcpu->deadline.given) {
        vcpu->deadline = vcpu->period;
    }
    vcpu->offset = num_or(read_time(r, node, "offset", ZERO_ALLOWED), 0);
    vcpu->started = read_yes(r, node, "autostart", true);
}

static void read_file(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_file *file = POOL_PUSH(r->pool, p->files, p->file_count);

    file->line = position_of(node);
    file->name = read_name(r, node, "name");
    file->path = read_path(r, node, "path", RULE_FILE_MISSING);
    file->mapped = read_address(r, node, "mappedAt");
}

static void read_health(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    health_read(r, &p->health, node);
}

static void read_ipvi(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_ipvi *ipvi = POOL_PUSH(r->pool, p->ipvis, p->ipvi_count);

    ipvi->line = position_of(node);
    ipvi->id = read_count(r, node, "id", UINT16_MAX);
    ipvi->destinations = read_text(r, node, "destinations");
}

static void read_trace(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    p->trace = trace_read(r, node);
}

static const struct part {
    const char *name;
    void (*read)(const struct reader *r, struct sys_partition *p, xmlNode *node);
} parts[] = {
    {"OperatingSystem", read_os},
    {"Memory", read_memory},
    {"Stack", read_stack},
    {"Vcpu", read_vcpu},
    {"File", read_file},
    {"TemporalRequirements", temporal_read},
    {"Tasks", tasks_read},
    {"HealthMonitor", read_health},
    {"Devices", partition_devices_read},
    {"Ipvi", read_ipvi},
    {"Port", partition_port_read},
    {"Trace", read_trace},
};

void partition_read(const struct reader *r, struct sys *sys, xmlNode *node)
{
    struct sys_partition *p = POOL_PUSH(r->pool, sys->partitions, sys->partition_count);
    int resets = read_word(r, node, "resets", reset_words);
    size_t errors;

    p->line = position_of(node);
    p->id = read_count(r, node, "id", UINT16_MAX);
    p->name = read_name(r, node, "name");
    p->image = read_path(r, node, "image", RULE_IMAGE_MISSING);
    errors = r->diags->count;
    p->flags = read_flags(r, node);
    p->flags_ok = r->diags->count == errors;
    p->resets = read_text(r, node, "resets");
    p->flags |= reset_flags[resets < 0 ? 0 : resets];
    p->vcpus = num_or(read_count(r, node, "vcpus", VCPUS_MAX), 1);
    p->console = read_size(r, node, "console", ZERO_FORBIDDEN);
    if (p->vcpus.ok && p->vcpus.value == 0) {
        diag_add(r->diags, RULE_VALUE_ZERO, p->vcpus.line,
                 "vcpus of 'Partition' is zero" MEND "it must be larger");
        p->vcpus.ok = false;
    }
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (document_is(c, parts[i].name)) {
                parts[i].read(r, p, c);
            }
        }
    }
}
