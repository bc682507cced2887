// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a description means: one function per subject, each reports everything it finds.

#ifndef SEPTUM_TOOL_CHECK_H
#define SEPTUM_TOOL_CHECK_H

#include "model/system.h"

/// Most periods of a partition in a frame.
#define CHECK_WINDOWS_MAX 100000u

struct check {
    struct pool *pool;
    struct diags *diags;
    const struct board *board; ///< NULL: unknown; what needs it is not checked
    struct sys *sys;
    bool unplanned; ///< plan 0 is still to be made: that it has no slots is no error
};

/// All of them. Also resolves names to indices, sorts slots and places stacks.
void check_all(struct check *c);

void check_names(struct check *c);
void check_slots(struct check *c);
void check_plans(struct check *c);
void check_beginnings(struct check *c);
void check_pools(struct check *c);
void check_bounds(struct check *c);
void check_fast(struct check *c);
void check_admission(struct check *c);
void check_time(struct check *c);
void check_memory(struct check *c);
void check_overlap(struct check *c);
void check_virtual(struct check *c);
void check_stacks(struct check *c);
void check_lines(struct check *c);
void check_registers(struct check *c);
void check_ranges(struct check *c);
void check_health(struct check *c);
void check_ipvis(struct check *c);
void check_traces(struct check *c);
void check_unmodified(struct check *c);
void check_channels(struct check *c);
void check_ages(struct check *c);
void check_tasks(struct check *c);
void check_precedence(struct check *c);
void check_chains(struct check *c);
/// What plan 0 gives beside what is asked of it; behind all the others, if they found nothing.
void check_given(struct check *c);

/// "[0x40000000, 0x4000ffff]"
const char *check_span(struct check *c, uint64_t start, uint64_t size);

bool check_overlaps(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size);

/// Start and size of an area can be used.
bool check_area_ok(const struct sys_area *area);

/// Index of the partition with a name. An unknown one is reported with the given rule and taken for
/// the one that was probably meant; -1: nothing is near. A name that may be meant for a partition whose
/// own name is wrong, which is reported already, is not reported.
int check_partition(struct check *c, const char *name, enum rule rule, unsigned line,
                    const char *where);

/// Slots of a partition may be unknown: its name is wrong, and there are slots of unknown partitions.
bool check_slots_lost(const struct check *c, const struct sys_partition *p);

/// The vCPU of a partition that is in a pool, NULL when it is not.
const struct sys_vcpu *check_pooled(const struct sys_partition *p, uint64_t vcpu);

/// A slot gives time to a partition: it is its own, or one of a pool in which it has a vCPU.
bool check_slot_serves(const struct check *c, const struct sys_slot *slot, int partition);

/// Index of the pool with a name; an unknown one is reported, and -1.
int check_pool(struct check *c, const struct text *name, const char *where);

/// The console device of the hypervisor, NULL when it has none.
const struct device *check_console(const struct check *c);

/// What of the hypervisor's lies in [start, start + size), NULL when nothing does. Its console is not
/// among it: single registers of that may be given, so that a partition can receive.
const char *check_reserved(struct check *c, uint64_t start, uint64_t size);

/// The same for memory that is mapped: the console is not to be given as a whole.
const char *check_reserved_range(struct check *c, uint64_t start, uint64_t size);

#endif
