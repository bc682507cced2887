// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: state, mode and the transitions between them.
//
//            cold or warm reset (from any state)
//   HALTED ----------------------------> LOADING/READY <--resume-- SUSPENDED
//      ^------------- halt -------------------'  '---suspend---------^
//
// What another processor may read or change of a partition is only its state and counters.

#ifndef KERNEL_PARTITION_H
#define KERNEL_PARTITION_H

#include <hal/kconfig.h>
#include <hal/space.h>
#include <septum/info.h>
#include <kernel/load.h>
#include <kernel/vcpu.h>

struct console;
struct sep_log;

struct partition {
    struct hal_space space;
    const struct sep_cfg_partition *config;
    struct vcpu *vcpus;
    struct console *console;
    struct load load;
    uint32_t state; ///< enum sep_state, never LOADING: that is READY with a load under way
    uint32_t mode;  ///< enum sep_mode
    uint32_t reset_count;
    uint32_t reset_code;
    uint32_t virq_count;
    uint32_t event_count;
    uint32_t told;                 ///< of its events, on the console
    uint32_t restart_next;         ///< place of the health monitor's next reset in restart_at
    uint32_t trace_mask;           ///< enum sep_trace_class; 0 without a trace
    struct sep_log *trace;         ///< its stream; NULL: it has none
    struct partition *next_system; ///< in the list of system partitions
    /// When the places of its last resets by the health monitor are free again: a ring of as many as the
    /// description allows within its time.
    sep_time_t restart_at[SEP_RESTARTS_MAX];
} __attribute__((
    aligned(SEP_ARENA_ALIGN))); // an array of them fills the arena as the tool computes it

/// All partitions, in the configuration's order; set once at boot.
extern struct partition *partitions;

/// The first system partition, NULL without one; set once at boot.
extern struct partition *partition_systems;

/// Connects a fresh partition with its record. False if its space cannot be built. Boot only.
bool partition_init(struct partition *partition, const struct sep_cfg_partition *record);

/// The transitions; each answers what the hypercall of its name answers.
sep_status_t partition_halt(struct partition *partition);
sep_status_t partition_reset(struct partition *partition, enum sep_mode mode, uint32_t code);
sep_status_t partition_shutdown(struct partition *partition);

/// Between ready and suspended.
sep_status_t partition_change_state(struct partition *partition, enum sep_state to);

static inline sep_status_t partition_suspend(struct partition *partition)
{
    return partition_change_state(partition, SEP_STATE_SUSPENDED);
}

static inline sep_status_t partition_resume(struct partition *partition)
{
    return partition_change_state(partition, SEP_STATE_READY);
}

/// First start of a partition that boots with the system: a cold reset that does not count.
void partition_start(struct partition *partition);

/// All vCPUs of the partition halt; its state stays. Part of the transitions, and of a failed load.
void partition_halt_vcpus(struct partition *partition);

/// Whether any partition is not halted.
bool partition_any_alive(void);

/// The image is loaded: vCPU 0 begins. Called by the loader.
void partition_loaded(struct partition *partition);

/// Whether it is an unmodified operating system.
static inline bool partition_is_unmodified(const struct partition *partition);

/// State as a status call shows it.
uint32_t partition_visible_state(const struct partition *partition);

static inline bool partition_is_system(const struct partition *partition)
{
    return (partition->config->flags & SEP_PARTITION_SYSTEM) != 0u;
}

static inline const char *partition_name(const struct partition *partition);

#include <kernel/config.h>

static inline bool partition_is_unmodified(const struct partition *partition)
{
    return IS_ENABLED(CONFIG_UNMODIFIED) &&
           (partition->config->flags & SEP_PARTITION_UNMODIFIED) != 0u;
}

static inline const char *partition_name(const struct partition *partition)
{
    return config_text(partition->config->name.offset);
}

#endif
