// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: state, mode and the transitions between them.
//
//            cold or warm reset (from any state)
//   HALTED ----------------------------> LOADING/READY <--resume-- SUSPENDED
//      ^------------- halt -------------------'  '---suspend---------^
//
// All of a partition runs on one processor, which alone changes it and its vCPUs. What others want of it they post
// under its lock; it is done there before the partition goes on (partition_answer()). State and mode change at once.

#ifndef KERNEL_PARTITION_H
#define KERNEL_PARTITION_H

#include <hal/cpu.h>
#include <hal/kconfig.h>
#include <hal/space.h>
#include <septum/info.h>
#include <kernel/load.h>
#include <kernel/lock.h>
#include <kernel/shared.h>
#include <kernel/vcpu.h>

struct console;
struct sep_log;

/// What other processors have posted.
enum partition_ask {
    PARTITION_ASK_HALT = 1,
    PARTITION_ASK_COLD = 2,
    PARTITION_ASK_WARM = 4,
    PARTITION_ASK_VCPU = 8, ///< something of a vCPU
    PARTITION_ASK_TRANSITION = PARTITION_ASK_HALT | PARTITION_ASK_COLD | PARTITION_ASK_WARM,
};

struct partition {
    struct hal_space space;
    const struct sep_cfg_partition *config;
    struct vcpu *vcpus;
    struct console *console;
    struct load load;
    struct lock lock; ///< of its transitions, and of what is posted
    uint32_t cpu;
    uint32_t asked; ///< enum partition_ask
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

/// Whether the executing processor is the partition's.
static inline bool partition_is_here(const struct partition *partition)
{
    return CONFIG_CPUS_MAX == 1 || partition->cpu == hal_cpu_index();
}

/// Whether something is posted. Asked after resume_publish() or in an interrupt of the poster's, nothing is missed.
static inline bool partition_is_asked(const struct partition *partition)
{
    return CONFIG_CPUS_MAX > 1 && shared_read(&partition->asked) != 0u;
}

/// Does what other processors have posted. On the partition's own. Bound: its vCPUs.
void partition_answer(struct partition *partition);

/// Virtual interrupts for a vCPU of another processor.
void partition_post(struct vcpu *vcpu, uint32_t irqs);

/// A real-time vCPU of another processor starts or stops. SEP_NO_ACTION if it has already, or will.
sep_status_t partition_post_period(struct vcpu *vcpu, enum vcpu_period period);

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

/// State as a status call shows it. With its lock, or on its processor.
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
