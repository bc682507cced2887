// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The information block: what a partition knows of itself. The host tool writes it, the hypervisor
// maps it read-only and passes its address to the partition's entry point. Constant: what changes
// is asked for with sep_partition_status().

#ifndef SEPTUM_INFO_H
#define SEPTUM_INFO_H

#include <septum/types.h>

#define SEP_INFO_MAGIC 0x53455049u /* "SEPI" */

/// Rights and kinds of a memory area, in descriptions, configuration and information block.
enum sep_area_flags {
    SEP_AREA_READ = 1u << 0,
    SEP_AREA_WRITE = 1u << 1,
    SEP_AREA_EXECUTE = 1u << 2,
    SEP_AREA_UNCACHED = 1u << 3,
    SEP_AREA_SHARED = 1u << 4, ///< also mapped by others: a cold reset does not clear it
    SEP_AREA_DEVICE = 1u << 5, ///< device registers
    SEP_AREA_INFO = 1u << 6,   ///< holds the information block
    SEP_AREA_FILE = 1u << 7,   ///< holds a customisation file
    SEP_AREA_FLAGS = 0xff,     ///< all of them
};

/// Flags of a partition.
enum sep_partition_flags {
    SEP_PARTITION_SYSTEM = 1u << 0, ///< may manage others
    SEP_PARTITION_FP = 1u << 1,     ///< may use floating point
    /// Started by the hypervisor; otherwise it waits, halted, for a reset.
    SEP_PARTITION_BOOT = 1u << 2,
    SEP_PARTITION_COLD_ONLY = 1u << 3, ///< a warm reset is refused
    SEP_PARTITION_NO_RESET = 1u << 4,  ///< every reset is refused
    /// An operating system that knows nothing of the hypervisor: it has no information block, and
    /// its start argument is the address of a device tree.
    SEP_PARTITION_UNMODIFIED = 1u << 5,
    SEP_PARTITION_LAUNCH = 1u << 6,          ///< may start and stop real-time vCPUs of others
    SEP_PARTITION_NON_PREEMPTIBLE = 1u << 7, ///< not preempted by interrupts of other partitions
    SEP_PARTITION_FLAGS = 0xff,              ///< all of them
};

struct sep_info_area {
    char name[SEP_NAME_MAX];
    uint64_t address; ///< as the partition sees it
    uint64_t size;
    uint32_t flags; ///< enum sep_area_flags
    uint32_t reserved;
};

struct sep_info_file {
    char name[SEP_NAME_MAX];
    uint64_t address;
    uint64_t size; ///< of the file itself; the mapping is rounded up and its rest is zero
    uint8_t sha256[32];
};

struct sep_info_irq {
    uint32_t line; ///< of the board's interrupt controller
    uint32_t irq;  ///< virtual interrupt, SEP_IRQ_DEVICE_FIRST …
};

/// A port of the partition; its id is its index.
struct sep_info_port {
    char name[SEP_NAME_MAX];
    uint64_t max_age;      ///< ns; 0: for ever
    uint32_t kind;         ///< enum sep_port_kind
    uint32_t direction;    ///< enum sep_port_direction
    uint32_t message_size; ///< longest message, bytes
    uint32_t depth;        ///< queuing: messages
};

struct sep_info_vcpu {
    uint64_t stack_base; ///< lowest address of the declared stack area
    uint64_t stack_size;
};

/// Head of the block. Offsets count from its start; arrays hold the structs above.
struct sep_info {
    uint32_t magic;
    uint32_t abi_revision;
    uint32_t size;      ///< of head and arrays, bytes
    uint32_t arch;      ///< enum sep_arch
    uint32_t partition; ///< this partition's number
    uint32_t flags;     ///< enum sep_partition_flags
    char name[SEP_NAME_MAX];
    uint64_t timer_resolution; ///< ns, rounded up
    uint32_t partition_count;  ///< in the whole system
    uint32_t plan_count;
    uint32_t vcpu_offset;
    uint32_t vcpu_count;
    uint32_t area_offset;
    uint32_t area_count;
    uint32_t file_offset;
    uint32_t file_count;
    uint32_t irq_offset;
    uint32_t irq_count;
    uint32_t port_offset;
    uint32_t port_count;
};

_Static_assert(sizeof(struct sep_info_area) == 56, "ABI");
_Static_assert(sizeof(struct sep_info_file) == 80, "ABI");
_Static_assert(sizeof(struct sep_info_port) == 56, "ABI");
_Static_assert(sizeof(struct sep_info) == 112, "ABI");

#endif
