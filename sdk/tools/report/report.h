// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What is known of a system before it runs: one set of numbers behind the text, the JSON and the
// page.

#ifndef SEPTUM_TOOL_REPORT_H
#define SEPTUM_TOOL_REPORT_H

#include "image/cfgfile.h"
#include "image/hypervisor.h"
#include "report/bounds.h"

/// Pieces of the hypervisor's memory, in the order in which they lie.
enum report_own { REPORT_BINARY, REPORT_CONFIG, REPORT_ARENA, REPORT_BLOBS, REPORT_OWN_COUNT };

struct report_area {
    const char *name;
    uint64_t start;
    uint64_t size;
};

struct report {
    const struct cfgfile *cfg;
    const struct sep_cfg_system *system;
    struct bound longest; ///< the longest uninterruptible section
    uint64_t code_bytes;
    uint64_t data_bytes; ///< data, bss, stacks
    uint64_t ram_bytes;  ///< data and arena: what the kernel prints at boot
    struct report_area own[REPORT_OWN_COUNT];
    char hash[65]; ///< of the configuration
};

/// Whether a temporal requirement holds.
struct report_requirement {
    bool wanted; ///< the partition has one
    bool met;
    uint64_t least; ///< ns that the poorest window of plan 0 gives
};

void report_init(struct report *report, const struct cfgfile *cfg, const struct hypervisor *h,
                 const struct bound *longest);

/// The record of plan `plan` on processor `cpu`.
const struct sep_cfg_plan *report_plan(const struct report *report, uint32_t cpu, uint32_t plan);

/// ns per frame of a plan that a partition's slots take, over all processors.
uint64_t report_load(const struct report *report, uint32_t plan, uint32_t partition);

struct report_requirement report_requirement(const struct report *report, uint32_t partition);

/// Index of the partition whose slot this is; SEP_CFG_NONE: a gap.
uint32_t report_slot_partition(const struct report *report, const struct sep_cfg_slot *slot);

/// The hypervisor where a partition's index is asked for.
#define REPORT_HYPERVISOR UINT32_MAX

/// What is done about an event of a partition or of the hypervisor; NULL: it has no such event.
const struct sep_cfg_action *report_acts(const struct report *report, uint32_t owner,
                                         uint32_t event);

/// Whether that is what happens when the description says nothing.
bool report_acts_by_default(uint32_t owner, uint32_t event, uint32_t action);

/// Resets that the health monitor may make of a partition or of the system.
struct report_restarts {
    uint32_t count;  ///< 0: any number
    uint64_t within; ///< ns; 0: since power was on
};
struct report_restarts report_restarts(const struct report *report, uint32_t owner);

/// A trace, or the health monitor's log.
struct report_records {
    uint32_t records; ///< 0: there is none
    uint32_t mask;    ///< enum sep_trace_class; of the log 0
    uint64_t bytes;   ///< of the arena, its head included
};
struct report_records report_trace(const struct report *report, uint32_t owner);
struct report_records report_log(const struct report *report);

/// A restart limit in words.
#define REPORT_LIMIT_MAX 64u
const char *report_limit(char text[REPORT_LIMIT_MAX], struct report_restarts restarts);

/// Words of septum/event.h.
const char *report_event(uint32_t event);
const char *report_action(uint32_t action);

// Numbers as people read them; each text fits REPORT_NUMBER_MAX and is answered.
#define REPORT_NUMBER_MAX 32u
const char *report_time(char text[REPORT_NUMBER_MAX], uint64_t ns);
const char *report_size(char text[REPORT_NUMBER_MAX], uint64_t bytes);
/// value / scale in percent with one decimal.
const char *report_percent(char text[REPORT_NUMBER_MAX], uint64_t value, uint64_t scale);

/// A channel's type, sizes and time in words.
#define REPORT_CHANNEL_MAX 96u
const char *report_channel(char text[REPORT_CHANNEL_MAX], const struct sep_cfg_channel *channel);

void report_write_text(const struct report *report, FILE *out);
void report_write_json(const struct report *report, FILE *out);
void report_write_html(const struct report *report, FILE *out);

#endif
