// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system description as it was read: every value with its line. Partitions and processors are in
// the order of the file; what could not be read is marked (num.ok, text.given, index < 0).

#ifndef SEPTUM_TOOL_SYSTEM_H
#define SEPTUM_TOOL_SYSTEM_H

#include <septum/event.h>

#include "model/reader.h"

struct sys_slot {
    unsigned line;
    struct num start, duration, vcpu;
    struct num id;         ///< its position when not given
    struct text partition; ///< name
    int index;             ///< in sys.partitions, -1: unknown, or a pool's
    struct text pool;      ///< name
    int pool_index;        ///< in sys.pools, -1: unknown, or a partition's
};

struct sys_pool {
    unsigned line;
    struct text name;
    struct num cpu, quantum, reserve;
    struct num preemption; ///< percent of each window that goes to preemptions by interrupts
    struct num window;
    size_t fast_count;      ///< its fast interrupt lines; set by the checks
    uint64_t overhead;      ///< ns for each job; set by the checks
    uint64_t overhead_fast; ///< the same where it has fast lines
    uint64_t blocking;      ///< ns of the longest section; set by the checks
};

/// A vCPU in a pool.
struct sys_vcpu {
    unsigned line;
    struct num id, period, capacity, deadline, offset;
    struct text pool;
    int pool_index; ///< in sys.pools, -1: unknown; set by the checks
    bool started;
};

struct sys_plan {
    unsigned line;
    struct text name;
    struct num frame;
    bool immediate;          ///< it may begin in the middle of another one's frame
    struct num sync;         ///< interrupt line that its frames begin with
    struct num sync_timeout; ///< and how long they wait for it
    struct sys_slot *slots;  ///< sorted by start after the checks
    size_t slot_count;
};

struct sys_cpu {
    unsigned line;
    struct num id;
    struct sys_plan *plans;
    size_t plan_count;
};

/// A memory area, or a range of device registers.
struct sys_area {
    unsigned line;
    struct text name;
    struct num start, size;
    struct num mapped;   ///< start when not given
    unsigned flags;      ///< enum sep_area_flags
    struct num doorbell; ///< inter-partition interrupt that goes with it in a device tree
};

struct sys_stack {
    unsigned line;
    struct num vcpu, size, offset;
    struct text area;
    int index;     ///< in areas, -1: unknown
    bool placed;   ///< base is known
    uint64_t base; ///< virtual; set by the checks
};

struct sys_file {
    unsigned line;
    struct text name, path;
    struct num mapped;
};

struct sys_event {
    unsigned line;
    struct text name, action;
    int event; ///< enum sep_event, -1: unknown
    int act;   ///< enum sep_action, -1: unknown
    int log;   ///< enum sep_log_level, -1: not given
};

/// What is done about events: of a partition, or of the hypervisor itself.
struct sys_health {
    unsigned line; ///< 0: nothing is said
    struct num restarts, within;
    struct sys_event *events;
    size_t event_count;
};

/// An interrupt line of the board.
struct sys_line {
    struct num number;
    int delivery; ///< enum sep_delivery, 0: deferred
};

struct sys_register {
    unsigned line;
    struct num address, width, read, write;
};

struct sys_ipvi {
    unsigned line;
    struct num id;
    struct text destinations;
    int *targets; ///< in sys.partitions
    size_t target_count;
};

struct sys_port {
    unsigned line;
    struct text name;
    int kind;               ///< enum sep_port_kind, -1: unknown
    int direction;          ///< enum sep_port_direction, -1: unknown
    struct num size, depth; ///< those of its channel where not given
    int channel;            ///< in sys.channels, -1: none; set by the checks
    unsigned end_line;      ///< of the channel's end that names it
};

/// An end of a channel as the channel names it.
struct sys_end {
    unsigned line;
    struct text partition, port; ///< names
    int index;                   ///< in sys.partitions, -1: unknown; set by the checks
    int port_index;              ///< in the partition's ports, -1: unknown
};

struct sys_channel {
    unsigned line;
    struct text name;
    int kind; ///< enum sep_port_kind
    struct num size;
    struct num depth; ///< 0 for sampling
    struct num age;   ///< refresh period or maximum age; 0: none
    struct sys_end *sources;
    size_t source_count; ///< 1, or the shape has reported it
    struct sys_end *destinations;
    size_t destination_count;
};

/// What a partition or the hypervisor records.
struct sys_trace {
    unsigned line;      ///< 0: there is none
    unsigned mask;      ///< enum sep_trace_class
    struct num records; ///< 0 without a trace
};

/// Another partition named inside something: a predecessor, a step of a chain.
struct sys_name {
    unsigned line;
    struct text partition;
    int index; ///< in sys.partitions, -1: unknown; set by the checks
};

/// A task inside a partition.
struct sys_task {
    unsigned line;
    struct text name;
    struct num period, capacity;
    struct num deadline; ///< the period when not given
    struct num offset;   ///< of its first release
    struct num priority; ///< of a fixed-priority scheduler; a larger one goes first
};

/// The tasks of a vCPU under its own scheduler.
struct sys_tasks {
    unsigned line;
    int policy; ///< enum tasks_policy, -1: unknown
    struct num vcpu;
    struct sys_task *tasks;
    size_t count;
};

struct sys_chain {
    unsigned line;
    struct text name;
    struct num limit; ///< latency from end to end
    struct sys_name *steps;
    size_t count;
};

#define VCPUS_MAX 32u

/// What makes a partition an unmodified operating system.
struct sys_os {
    unsigned line; ///< 0: it is none
    struct text ramdisk, arguments;
};

struct sys_partition {
    unsigned line;
    struct num id, vcpus, console;
    struct text name, image, resets;
    struct sys_os os;
    unsigned flags;             ///< enum sep_partition_flags
    bool flags_ok;              ///< no word of them is unknown
    uint64_t cpu_of[VCPUS_MAX]; ///< processor of each vCPU; set by the checks
    struct sys_area *areas;
    size_t area_count;
    struct sys_stack *stacks;
    size_t stack_count;
    struct sys_vcpu *pooled; ///< those of its vCPUs that are in pools
    size_t pooled_count;
    struct sys_file *files;
    size_t file_count;
    unsigned time_line; ///< 0: no temporal requirement
    struct num period, duration;
    struct num deadline;  ///< within which the duration is wanted; the period when not given
    struct num processor; ///< on which `septum plan make` puts it
    struct sys_name *after;
    size_t after_count;
    struct sys_tasks *tasks;
    size_t tasks_count;
    struct sys_health health;
    struct sys_line *lines;
    size_t line_count;
    struct sys_area *ranges;
    size_t range_count;
    struct sys_register *registers;
    size_t register_count;
    struct sys_ipvi *ipvis;
    size_t ipvi_count;
    struct sys_port *ports;
    size_t port_count;
    struct sys_trace trace;
};

struct sys {
    unsigned line;
    unsigned partitions_line, processors_line, hypervisor_line;
    struct text name, version, board_name;
    struct num start, size, ring;
    struct num log; ///< records of the health monitor's log
    struct text console;
    struct sys_trace trace;
    struct sys_health health; ///< the hypervisor's own events
    struct sys_cpu *cpus;
    size_t cpu_count;
    struct sys_pool *pools;
    size_t pool_count;
    struct sys_partition *partitions;
    size_t partition_count;
    struct sys_channel *channels;
    size_t channel_count;
    struct sys_chain *chains;
    size_t chain_count;
};

#define RING_DEFAULT 1024u
#define QUANTUM_DEFAULT 10000000u
#define WINDOW_DEFAULT 10000000u
#define TRACE_DEFAULT 256u

/// Reads the tree of a description into a model; errors are reported through the reader.
struct sys *system_read(const struct reader *r, xmlNode *root);

void pools_read(const struct reader *r, struct sys *sys, xmlNode *pools);
void plans_read(const struct reader *r, struct sys *sys, xmlNode *processors);
void partition_read(const struct reader *r, struct sys *sys, xmlNode *node);
struct sys_trace trace_read(const struct reader *r, xmlNode *node);
void health_read(const struct reader *r, struct sys_health *health, xmlNode *node);
void partition_devices_read(const struct reader *r, struct sys_partition *p, xmlNode *node);
void partition_port_read(const struct reader *r, struct sys_partition *p, xmlNode *node);
void channels_read(const struct reader *r, struct sys *sys, xmlNode *channels);
void temporal_read(const struct reader *r, struct sys_partition *p, xmlNode *node);
void tasks_read(const struct reader *r, struct sys_partition *p, xmlNode *node);
void chains_read(const struct reader *r, struct sys *sys, xmlNode *chains);

#endif
