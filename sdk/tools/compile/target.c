// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypervisor binary: what it says about itself, and whether it fits the description.

#include "compile/target.h"

#include <inttypes.h>
#include <string.h>

#include "base/units.h"
#include "compile/elf.h"

#define KEY_BYTES 28u
#define ENTRY_BYTES 32u

// What a slot must have beyond the guard, in ns, so that a load gets on in it.
#define LOAD_TIME_MIN 100000u

_Static_assert(sizeof(struct sep_build_info) == ENTRY_BYTES, "layout of the section");

static const char *const arch_words[] = {
    [SEP_ARCH_HOST] = "host", [SEP_ARCH_SPARC] = "sparc",   [SEP_ARCH_ARM64] = "arm64",
    [SEP_ARCH_MIPS] = "mips", [SEP_ARCH_X86_64] = "x86_64",
};

static uint32_t word(const uint8_t *at, bool big_endian)
{
    return big_endian
               ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]
               : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

// The value of a key; false: the section lacks it.
static bool value_of(struct bytes section, bool big_endian, const char *key, uint32_t *value)
{
    for (size_t at = 0; at + ENTRY_BYTES <= section.size; at += ENTRY_BYTES) {
        const char *name = (const char *)section.data + at;

        if (memchr(name, '\0', KEY_BYTES) != NULL && strcmp(name, key) == 0) {
            *value = word(section.data + at + KEY_BYTES, big_endian);
            return true;
        }
    }
    return false;
}

// Values that later computations divide by, shift by or allocate.
static bool sensible(const struct target *t)
{
    const uint32_t shifts[] = {t->level0_shift, t->level1_shift, t->level2_shift, t->level3_shift};
    bool ok = t->granule != 0 && (t->granule & (t->granule - 1)) == 0 &&
              t->levels <= SEP_TABLE_LEVELS_MAX && t->guest_first <= t->guest_last;

    for (uint32_t i = 0; i < t->levels && ok; i++) {
        ok = shifts[i] < 64 && (i == 0 || shifts[i] < shifts[i - 1]);
    }
    return ok;
}

static const char *read_values(const struct elf_file *elf, struct target *t)
{
    struct bytes section = elf_section(elf, SEP_BUILD_INFO_SECTION);

    if (section.data == NULL) {
        return "it has no section " SEP_BUILD_INFO_SECTION;
    }
#define READ_VALUE(key, meaning)                                                                   \
    if (!value_of(section, elf->big_endian, #key, &t->key)) {                                      \
        return "its build information lacks '" #key "'";                                           \
    }
    SEP_BUILD_INFO_LIST(READ_VALUE)
#undef READ_VALUE
    return sensible(t) ? NULL : "its build information has senseless values";
}

static void read_levels(struct target *t)
{
#define READ_LEVEL(n)                                                                              \
    t->geometry.level[n].shift = t->level##n##_shift;                                              \
    t->geometry.level[n].bytes = t->level##n##_bytes;                                              \
    t->geometry.level[n].leaf = t->level##n##_leaf;
    READ_LEVEL(0)
    READ_LEVEL(1)
    READ_LEVEL(2)
    READ_LEVEL(3)
#undef READ_LEVEL
    t->geometry.levels = t->levels;
}

static void read_extent(const struct elf_file *elf, struct target *t)
{
    t->start = UINT64_MAX;
    t->end = 0;
    for (size_t i = 0; i < elf->segment_count; i++) {
        const struct elf_segment *segment = &elf->segments[i];
        uint64_t end = segment->physical + segment->memory_size;

        t->start = segment->physical < t->start ? segment->physical : t->start;
        t->end = end > t->end ? end : t->end;
    }
}

static void check_board(struct septum *s, const struct target *t)
{
    const char *arch = t->arch < sizeof arch_words / sizeof *arch_words ? arch_words[t->arch] : "?";

    if (t->abi_revision != SEP_ABI_REVISION) {
        diag_add(&s->diags, RULE_HYPERVISOR_OTHER, 0,
                 "hypervisor '%s' has interface revision %u, this tool has %u" MEND
                 "use a tool and a hypervisor of one release",
                 s->options.hypervisor, t->abi_revision, SEP_ABI_REVISION);
    }
    if (s->board != NULL && strcmp(s->board->arch, arch) != 0) {
        diag_add(&s->diags, RULE_HYPERVISOR_OTHER, 0,
                 "hypervisor '%s' is for architecture '%s', board '%s' is '%s'" MEND
                 "use the board's hypervisor",
                 s->options.hypervisor, arch, s->board->name, s->board->arch);
    } else if (s->board != NULL && s->board->granule != t->granule) {
        diag_add(&s->diags, RULE_HYPERVISOR_OTHER, 0,
                 "hypervisor '%s' protects memory in granules of %s, board '%s' says %s" MEND
                 "use the board's hypervisor",
                 s->options.hypervisor, units_print_size(s->pool, t->granule), s->board->name,
                 units_print_size(s->pool, s->board->granule));
    }
}

// The longer one of a slot and the longest one of a plan in which a partition may be loaded, which
// is one of its vCPU 0.
static const struct sys_slot *longest_in(const struct sys_plan *plan, size_t partition,
                                         const struct sys_slot *longest)
{
    for (size_t i = 0; i < plan->slot_count; i++) {
        const struct sys_slot *slot = &plan->slots[i];
        bool loads = slot->index == (int)partition && slot->vcpu.ok && slot->vcpu.value == 0;

        if (loads && slot->duration.ok &&
            (longest == NULL || slot->duration.value > longest->duration.value)) {
            longest = slot;
        }
    }
    return longest;
}

static const struct sys_slot *longest_slot(const struct sys *sys, size_t partition)
{
    const struct sys_slot *longest = NULL;

    for (size_t i = 0; i < sys->cpu_count; i++) {
        for (size_t p = 0; p < sys->cpus[i].plan_count; p++) {
            longest = longest_in(&sys->cpus[i].plans[p], partition, longest);
        }
    }
    return longest;
}

static void check_traces_are_there(struct septum *s, const struct target *t)
{
    unsigned line = s->sys->trace.line;

    for (size_t i = 0; i < s->sys->partition_count && line == 0; i++) {
        line = s->sys->partitions[i].trace.line;
    }
    if (line != 0 && t->sizeof_trace == 0) {
        diag_add(&s->diags, RULE_NO_TRACES, line,
                 "'%s' was built without traces" MEND
                 "use a hypervisor built with CONFIG_SERVICE_TRACE, or leave the traces out",
                 s->options.hypervisor);
    }
}

// The line of the first event that is to leave a record, with registers or without; 0: none does so in words.
static unsigned event_logging_line(const struct sys_health *health)
{
    for (size_t i = 0; i < health->event_count; i++) {
        if (health->events[i].log > (int)SEP_LOG_NO) {
            return health->events[i].line;
        }
    }
    return 0;
}

// The line that asks for records of events; 0: none does so in words.
static unsigned logging_line(const struct sys *sys)
{
    unsigned line = sys->log.given ? sys->log.line : event_logging_line(&sys->health);

    for (size_t i = 0; i < sys->partition_count && line == 0; i++) {
        line = event_logging_line(&sys->partitions[i].health);
    }
    return line;
}

// Actions on events are taken without a health monitor, too, and what nobody asked to be recorded is not.
static void check_log_is_there(struct septum *s, const struct target *t)
{
    unsigned line = logging_line(s->sys);

    if (line != 0 && t->sizeof_hm_record == 0) {
        diag_add(&s->diags, RULE_NO_LOG, line,
                 "'%s' was built without a health monitor, so that no event is recorded" MEND
                 "use a hypervisor built with CONFIG_SERVICE_HM, or leave 'log' out",
                 s->options.hypervisor);
    }
}

static void check_unmodified_run(struct septum *s, const struct target *t)
{
    for (size_t i = 0; i < s->sys->partition_count && t->unmodified == 0; i++) {
        const struct sys_partition *p = &s->sys->partitions[i];

        if (p->os.line != 0) {
            diag_add(
                &s->diags, RULE_NO_UNMODIFIED, p->os.line,
                "'%s' runs no unmodified operating systems, which partition '%s' is" MEND
                "use one built with CONFIG_UNMODIFIED, for a board with virtualization hardware",
                s->options.hypervisor, p->name.text);
        }
    }
}

// The hypervisor begins no step of a load when no more than the guard is left of a slot.
static void check_slots(struct septum *s, const struct target *t)
{
    const uint64_t needed = t->guard_ns + LOAD_TIME_MIN;

    for (size_t i = 0; i < s->sys->partition_count; i++) {
        const struct sys_slot *slot = longest_slot(s->sys, i);

        if (slot != NULL && slot->duration.value <= needed) {
            diag_add(&s->diags, RULE_SLOTS_SHORT, slot->duration.line,
                     "no slot of partition '%s' is longer than this one of %s, but '%s' loads "
                     "only in slots longer than %s" MEND "lengthen one",
                     s->sys->partitions[i].name.text,
                     units_print_time(s->pool, slot->duration.value), s->options.hypervisor,
                     units_print_time(s->pool, needed));
        }
    }
}

// The same of a partition whose vCPU 0 is in a pool: a job or a turn has to be that long.
static void check_pooled_loads(struct septum *s, const struct target *t)
{
    const uint64_t needed = t->guard_ns + LOAD_TIME_MIN;

    for (size_t i = 0; i < s->sys->partition_count; i++) {
        const struct sys_partition *p = &s->sys->partitions[i];

        for (size_t v = 0; v < p->pooled_count; v++) {
            const struct sys_vcpu *vcpu = &p->pooled[v];
            const struct num *time = &vcpu->capacity;

            if (!vcpu->period.given && vcpu->pool_index >= 0) {
                time = &s->sys->pools[vcpu->pool_index].quantum;
            }
            if (vcpu->id.ok && vcpu->id.value == 0 && time->ok && time->value <= needed) {
                diag_add(&s->diags, RULE_SLOTS_SHORT, vcpu->line,
                         "vCPU 0 of partition '%s' has the processor for %s at a time, but '%s' "
                         "loads only when it has more than %s" MEND
                         "lengthen its capacity or the pool's quantum",
                         p->name.text, units_print_time(s->pool, time->value),
                         s->options.hypervisor, units_print_time(s->pool, needed));
            }
        }
    }
}

static void check_description(struct septum *s, const struct target *t)
{
    const struct sys *sys = s->sys;

    if (sys->start.ok && sys->start.value != t->start) {
        diag_add(&s->diags, RULE_HYPERVISOR_START, sys->start.line,
                 "the hypervisor's memory begins at 0x%08" PRIx64 ", but '%s' is linked for "
                 "0x%08" PRIx64 MEND "write start=\"0x%08" PRIx64 "\"",
                 sys->start.value, s->options.hypervisor, t->start, t->start);
    }
    if (sys->partition_count > t->partitions_max) {
        diag_add(&s->diags, RULE_PARTITIONS_MANY, sys->partitions_line,
                 "there are %zu partitions, but '%s' runs at most %u" MEND
                 "use fewer, or a hypervisor that was built for more",
                 sys->partition_count, s->options.hypervisor, t->partitions_max);
    }
    if (sys->cpu_count > t->cpus_max) {
        diag_add(&s->diags, RULE_CPUS_MANY, sys->processors_line,
                 "there are %zu processors, but '%s' runs at most %u" MEND
                 "use the board's hypervisor for more processors, or use fewer",
                 sys->cpu_count, s->options.hypervisor, t->cpus_max);
    }
    if (sys->channel_count != 0 && t->sizeof_channel == 0) {
        diag_add(&s->diags, RULE_NO_PORTS, sys->channels[0].line,
                 "'%s' was built without ports, which channel '%s' connects" MEND
                 "use a hypervisor built with CONFIG_SERVICE_IPC, or leave the channels out",
                 s->options.hypervisor, sys->channels[0].name.text);
    }
    if (sys->pool_count != 0 && t->sizeof_pool == 0) {
        diag_add(&s->diags, RULE_NO_POOLS, sys->pools[0].line,
                 "'%s' was built without pools, and '%s' is one" MEND
                 "use a hypervisor built with CONFIG_POOLS, or give its vCPUs slots of their own",
                 s->options.hypervisor, sys->pools[0].name.text);
    }
    check_traces_are_there(s, t);
    check_log_is_there(s, t);
    check_unmodified_run(s, t);
    check_slots(s, t);
    check_pooled_loads(s, t);
}

static const char *read_file(struct septum *s, struct target *t)
{
    struct bytes file;
    struct elf_file elf;
    const char *reason = file_read(s->pool, s->options.hypervisor, &file);

    if (reason == NULL) {
        septum_input(s, s->options.hypervisor);
        reason = elf_parse(s->pool, file, &elf);
    }
    if (reason == NULL) {
        reason = read_values(&elf, t);
    }
    if (reason == NULL) {
        read_levels(t);
        read_extent(&elf, t);
    }
    return reason;
}

bool target_read(struct septum *s, struct target *t)
{
    const char *reason = read_file(s, t);

    if (reason != NULL) {
        diag_add(&s->diags, RULE_HYPERVISOR_BAD, 0,
                 "hypervisor '%s': %s" MEND "give the hypervisor of the board with --hypervisor",
                 s->options.hypervisor, reason);
        return false;
    }
    check_board(s, t);
    if (s->sys != NULL) {
        check_description(s, t);
    }
    return true;
}
