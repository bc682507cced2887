// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The compiled configuration: the one table from which the kernel's structs, the tool's writer and
// the boot check are made.
//
// Layout of the file: struct sep_cfg_header, then one section per record type in the order of
// SEP_CFG_RECORD_LIST, each an array of fixed-size records, then the text section (zero-terminated
// strings). All words have the target's byte order. A reference is an index into the section of its
// type; a list is a first index and a count; a text is an offset into the text section.
// SEP_CFG_NONE is the reference to nothing, allowed where the field is an OPT.

#ifndef SEPTUM_CONFIG_H
#define SEPTUM_CONFIG_H

#include <septum/types.h>

#define SEP_CFG_MAGIC 0x53455043u /* "SEPC" */
#define SEP_CFG_NONE 0xffffffffu
#define SEP_CFG_HASH_BYTES 32u

/// Sizes of console rings, all powers of two: a partition's, and the least of the hypervisor's own,
/// which holds its longest line.
#define SEP_CONSOLE_RING_MIN 64u
/// Shortest slot of a plan, in nanoseconds; a gap may be shorter.
#define SEP_SLOT_MIN 50000u
/// Most vCPUs of a pool: real-time ones, and others.
#define SEP_POOL_REAL_TIME_MAX 128u
#define SEP_POOL_BEST_EFFORT_MAX 32u
/// Shortest period, capacity and quantum in a pool, in nanoseconds.
#define SEP_POOL_TIME_MIN 50000u
/// Most fast interrupt lines of a pool.
#define SEP_POOL_FAST_MAX 16u
/// Longest window in which preemptions are counted, in nanoseconds: below 2^32.
#define SEP_POOL_WINDOW_MAX 1000000000u
#define SEP_CONSOLE_RING_OWN_MIN 256u
#define SEP_CONSOLE_RING_MAX 65536u

/// Records of a trace, a power of two.
#define SEP_TRACE_RECORDS_MIN 16u
#define SEP_TRACE_RECORDS_MAX 65536u

/// Records of the health monitor's log: a power of two.
#define SEP_LOG_RECORDS_MIN 8u
#define SEP_LOG_RECORDS_DEFAULT 32u
#define SEP_LOG_RECORDS_MAX 4096u

/// Most resets of a partition by the health monitor within a time that a description may allow.
#define SEP_RESTARTS_MAX 16u

/// Record types: X(type).
#define SEP_CFG_RECORD_LIST(X)                                                                     \
    X(system)                                                                                      \
    X(cpu)                                                                                         \
    X(plan)                                                                                        \
    X(slot)                                                                                        \
    X(pool)                                                                                        \
    X(member)                                                                                      \
    X(fast)                                                                                        \
    X(partition)                                                                                   \
    X(vcpu)                                                                                        \
    X(area)                                                                                        \
    X(segment)                                                                                     \
    X(blob)                                                                                        \
    X(interrupt)                                                                                   \
    X(reg)                                                                                         \
    X(action)                                                                                      \
    X(ipvi)                                                                                        \
    X(ipvi_target)                                                                                 \
    X(port)                                                                                        \
    X(channel)                                                                                     \
    X(channel_end)                                                                                 \
    X(vdevice)

/// Fields of each record, F(kind, name, type): kind is ADDR (an address or size of memory, 64 bits wide
/// and less than 2^32 on a 32-bit target), U64 (a time, below 2^62), U32, REF, OPT, LIST, HASH, or
/// TEXT (shorter than SEP_NAME_MAX, except a blob's, which is the path of its file); type is the record
/// type that a REF, OPT or LIST points at, else 'none'.
/// Records are multiples of 8 bytes with every U64 and ADDR at a multiple of 8 (asserted below).

/// One record: the whole system. Addresses are physical.
#define SEP_CFG_FIELDS_system(F)                                                                   \
    F(ADDR, hypervisor_start, none) /* memory given to the hypervisor */                           \
    F(ADDR, hypervisor_size, none)                                                                 \
    F(ADDR, arena_start, none) /* run-time state, carved at boot, inside it */                     \
    F(ADDR, arena_size, none)                                                                      \
    F(ADDR, blobs_start, none) /* images, files and information blocks, inside it */               \
    F(ADDR, blobs_size, none)                                                                      \
    F(TEXT, name, none)                                                                            \
    F(TEXT, board, none)                                                                           \
    F(LIST, cpus, cpu)                                                                             \
    F(LIST, partitions, partition)                                                                 \
    F(LIST, vcpus, vcpu)                                                                           \
    F(U32, plan_count, none)    /* the same on every processor */                                  \
    F(U32, console_ring, none)  /* bytes of the hypervisor's own console ring, power of two */     \
    F(U32, flags, none)         /* enum sep_cfg_system_flags */                                    \
    F(U32, trace_mask, none)    /* enum sep_trace_class: of the hypervisor's own trace */          \
    F(U32, trace_records, none) /* power of two; 0: there is none */                               \
    F(U32, log_records, none)   /* of the health monitor's log, power of two; 0: it is left out */ \
    F(LIST, actions, action)    /* on the hypervisor's own events, one per enum sep_event */       \
    F(U32, restarts, none)      /* by the health monitor, since power was on; 0: no limit */       \
    F(U32, behind_traces, none) /* bytes of the arena behind the traces, for readers of memory */

/// A processor: plan n of the system is plans[n] here; a processor without it has an empty one.
#define SEP_CFG_FIELDS_cpu(F)                                                                      \
    F(U32, id, none)                                                                               \
    F(U32, reserved, none)                                                                         \
    F(LIST, plans, plan)

#define SEP_CFG_FIELDS_plan(F)                                                                     \
    F(U64, major_frame, none)  /* ns; equal for one plan on all processors */                      \
    F(U64, sync_timeout, none) /* ns that a frame waits for its interrupt at most; 0: for none */  \
    F(TEXT, name, none)                                                                            \
    F(U32, id, none)                                                                               \
    F(U32, flags, none)     /* enum sep_cfg_plan_flags */                                          \
    F(U32, sync_line, none) /* of the board's interrupt controller; 0 where frames do not wait */  \
    F(LIST, slots, slot) /* gaps included, each begins where the one before ends: the whole frame */

/// A slot of a vCPU or of a pool, SEP_SLOT_MIN long or longer, or a gap between slots.
#define SEP_CFG_FIELDS_slot(F)                                                                     \
    F(U64, start, none)    /* ns from the frame's start */                                         \
    F(U64, duration, none) /* ns */                                                                \
    F(OPT, vcpu, vcpu)     /* SEP_CFG_NONE: a pool's, or a gap, in which no vCPU runs */           \
    F(U32, id, none)       /* a gap's: that of the slot before it */                               \
    F(OPT, pool, pool)     /* whose vCPUs share the slot; SEP_CFG_NONE: no pool's */               \
    F(U32, reserved, none)

/// vCPUs of one processor that share slots: the real-time ones by earliest deadline, then the others in
/// turn.
#define SEP_CFG_FIELDS_pool(F)                                                                     \
    F(U64, quantum, none)  /* ns of a turn of a best-effort vCPU */                                \
    F(U64, overhead, none) /* ns that admission adds to each job's capacity */                     \
    F(U64, blocking, none) /* ns that an event may wait: the longest section */                    \
    F(TEXT, name, none)                                                                            \
    F(U32, cpu, none)                                                                              \
    F(LIST, members, member)        /* the real-time ones first */                                 \
    F(U32, real_time, none)         /* how many they are */                                        \
    F(U32, reserve, none)           /* percent of the pool's slots that are left to the others */  \
    F(U64, preemption_window, none) /* ns; 0: no interrupt preempts */                             \
    F(LIST, fast, fast)             /* lines whose interrupts preempt */                           \
    F(U32, preemption, none)        /* share of each window that they may take, in 2^-32 */        \
    F(U32, reserved, none)

#define SEP_CFG_FIELDS_member(F)                                                                   \
    F(REF, vcpu, vcpu)                                                                             \
    F(U32, reserved, none)

/// A fast interrupt line of a pool: its owner, a best-effort vCPU of the pool, preempts the others.
#define SEP_CFG_FIELDS_fast(F)                                                                     \
    F(REF, interrupt, interrupt)                                                                   \
    F(U32, delivery, none) /* enum sep_delivery */

#define SEP_CFG_FIELDS_partition(F)                                                                \
    F(ADDR, entry, none) /* virtual address of the image's entry point */                          \
    /* Virtual address that the entry point is given: of the information block, or of an */        \
    /* operating system's device tree. */                                                          \
    F(ADDR, start_argument, none)                                                                  \
    F(U64, period, none)       /* temporal requirement, ns; 0: none */                             \
    F(U64, duration, none)     /* ns of processor time wanted in each period */                    \
    F(U64, restart_time, none) /* ns within which it is reset `restarts` times at most */          \
    F(TEXT, name, none)                                                                            \
    F(U32, id, none)                                                                               \
    F(U32, flags, none)        /* enum sep_partition_flags */                                      \
    F(U32, console_ring, none) /* bytes, power of two; 0: the partition has no console */          \
    F(LIST, vcpus, vcpu)                                                                           \
    F(LIST, areas, area) /* sorted by virtual address, not overlapping */                          \
    F(LIST, segments, segment)                                                                     \
    F(LIST, blobs, blob) /* checked by hash at each cold reset */                                  \
    F(LIST, interrupts, interrupt)                                                                 \
    F(LIST, registers, reg)                                                                        \
    F(U32, restarts, none) /* by the health monitor, SEP_RESTARTS_MAX or less; 0: no limit */      \
    F(U32, reserved, none)                                                                         \
    F(LIST, actions, action) /* one per enum sep_event, in its order */                            \
    F(LIST, ipvis, ipvi)                                                                           \
    F(LIST, ports, port)                                                                           \
    F(U32, trace_mask, none)    /* enum sep_trace_class */                                         \
    F(U32, trace_records, none) /* of its trace, power of two; 0: it has none */                   \
    F(LIST, vdevices, vdevice)  /* of an operating system that is not modified, else none */

#define SEP_CFG_FIELDS_vcpu(F)                                                                     \
    F(ADDR, stack_base, none) /* declared stack area, virtual; size 0: none */                     \
    F(ADDR, stack_size, none)                                                                      \
    F(U64, period, none)   /* of a real-time vCPU in a pool, ns; 0: it is none */                  \
    F(U64, capacity, none) /* ns of processor time in each period */                               \
    F(U64, deadline, none) /* ns from a release, at most the period */                             \
    F(U64, offset, none) /* of the first release, ns from the start of a plan; below the period */ \
    F(REF, partition, partition)                                                                   \
    F(U32, id, none)    /* within its partition */                                                 \
    F(U32, cpu, none)   /* on which its slots lie */                                               \
    F(U32, flags, none) /* enum sep_cfg_vcpu_flags */                                              \
    F(OPT, pool, pool)  /* whose slots it shares; SEP_CFG_NONE: it has slots of its own */         \
    F(U32, reserved, none)

/// What is mapped into a partition, the information block and files included.
#define SEP_CFG_FIELDS_area(F)                                                                     \
    F(ADDR, virtual_start, none)                                                                   \
    F(ADDR, physical_start, none)                                                                  \
    F(ADDR, size, none) /* multiple of the board's granule */                                      \
    F(TEXT, name, none)                                                                            \
    F(U32, flags, none) /* enum sep_area_flags */

/// A piece of the partition's image: copied at a cold reset, the rest up to memory_size cleared.
#define SEP_CFG_FIELDS_segment(F)                                                                  \
    F(ADDR, target, none) /* physical */                                                           \
    F(ADDR, source, none) /* physical, inside one of the partition's blobs */                      \
    F(ADDR, file_size, none)                                                                       \
    F(ADDR, memory_size, none)

/// Bytes packed into the image.
#define SEP_CFG_FIELDS_blob(F)                                                                     \
    F(ADDR, start, none) /* physical */                                                            \
    F(ADDR, size, none)                                                                            \
    F(TEXT, name, none)                                                                            \
    F(U32, kind, none) /* enum sep_cfg_blob_kind */                                                \
    F(HASH, sha256, none)

#define SEP_CFG_FIELDS_interrupt(F)                                                                \
    F(U32, line, none) /* of the board's interrupt controller */                                   \
    F(U32, irq, none)  /* virtual interrupt it becomes */                                          \
    F(REF, vcpu, vcpu) /* who gets it: the partition's vCPU 0 */                                   \
    F(U32, reserved, none)

/// A device register reached by sep_io_read() and sep_io_write().
#define SEP_CFG_FIELDS_reg(F)                                                                      \
    F(ADDR, address, none) /* physical */                                                          \
    F(U32, width, none)    /* bytes: 1, 2, 4 */                                                    \
    F(U32, read_mask, none)                                                                        \
    F(U32, write_mask, none) /* bits that may change; the others keep their value */               \
    F(U32, reserved, none)

#define SEP_CFG_FIELDS_action(F)                                                                   \
    F(U32, action, none) /* enum sep_action */                                                     \
    F(U32, log, none)    /* enum sep_log_level */

/// An inter-partition virtual interrupt that a partition may raise, with everybody who gets it.
#define SEP_CFG_FIELDS_ipvi(F)                                                                     \
    F(U32, id, none) /* 0 … SEP_IPVI_COUNT - 1; unique within the partition */                     \
    F(U32, reserved, none)                                                                         \
    F(LIST, targets, ipvi_target)

#define SEP_CFG_FIELDS_ipvi_target(F)                                                              \
    F(REF, vcpu, vcpu)                                                                             \
    F(U32, irq, none)

/// A partition's end of a channel.
#define SEP_CFG_FIELDS_port(F)                                                                     \
    F(TEXT, name, none)      /* unique within the partition */                                     \
    F(OPT, channel, channel) /* none: connected to nothing: what is sent vanishes */               \
    F(U32, kind, none)       /* enum sep_port_kind */                                              \
    F(U32, direction, none)  /* enum sep_port_direction */                                         \
    F(U32, message_size, none)                                                                     \
    F(U32, depth, none)

/// What connects ports. Its buffers lie in the arena.
#define SEP_CFG_FIELDS_channel(F)                                                                  \
    F(U64, max_age, none) /* ns that a message is valid or, queuing, kept; 0: for ever */          \
    F(TEXT, name, none)                                                                            \
    F(U32, kind, none)              /* enum sep_port_kind */                                       \
    F(U32, message_size, none)      /* 1 … SEP_MESSAGE_MAX */                                      \
    F(U32, depth, none)             /* queuing: 1 … SEP_QUEUE_MAX; sampling: 0 */                  \
    F(OPT, sender, vcpu)            /* told when there is room again; queuing only */              \
    F(LIST, receivers, channel_end) /* told when a message has come; queuing: one */               \
    F(U32, reserved, none)

#define SEP_CFG_FIELDS_channel_end(F)                                                              \
    F(REF, vcpu, vcpu)                                                                             \
    F(U32, reserved, none)

/// How long the owner of a fast interrupt line has the processor.
enum sep_delivery {
    SEP_DELIVERY_RECYCLE = 1, ///< for what is left of the running quantum
    SEP_DELIVERY_RESET = 2,   ///< for a quantum; not in a pool with real-time vCPUs
};

enum sep_cfg_plan_flags {
    SEP_CFG_PLAN_IMMEDIATE = 1u << 0, ///< may begin in the middle of another plan's frame
    SEP_CFG_PLAN_FLAGS = 0x1,         ///< all of them
};

enum sep_cfg_vcpu_flags {
    SEP_CFG_VCPU_STARTED = 1u << 0, ///< real-time: released from the start on
    SEP_CFG_VCPU_FLAGS = 0x1,       ///< all of them
};

/// A virtual device: the hypervisor emulates it for a partition that is an unmodified operating system, at
/// guest-physical addresses at which nothing is mapped. Of what the partition's vCPU 0 gets, the guest
/// sees a line of the board under the line's own number, the console's interrupt under the console's,
/// and inter-partition interrupt n under the doorbells' number + n.
#define SEP_CFG_FIELDS_vdevice(F)                                                                  \
    F(ADDR, start, none)    /* guest-physical */                                                   \
    F(ADDR, size, none)     /* multiple of the board's granule */                                  \
    F(U32, kind, none)      /* enum sep_vdevice */                                                 \
    F(U32, interrupt, none) /* number at the guest's interrupt controller; 0: none */

enum sep_cfg_blob_kind {
    SEP_CFG_BLOB_IMAGE = 0,
    SEP_CFG_BLOB_FILE = 1,
    SEP_CFG_BLOB_INFO = 2,
    SEP_CFG_BLOB_RAMDISK = 3,    ///< of an operating system, loaded as its image is
    SEP_CFG_BLOB_DEVICE_TREE = 4 ///< the same; what its start argument points at
};

/// Kinds of virtual devices. A doorbell is one granule: writing any word into granule n raises the
/// partition's inter-partition interrupt n; reading gives 0.
enum sep_vdevice {
    SEP_VDEVICE_GICV3_DISTRIBUTOR = 0,
    SEP_VDEVICE_GICV3_REDISTRIBUTORS = 1, ///< 128 KiB for each vCPU
    SEP_VDEVICE_GICV2_DISTRIBUTOR = 2,
    SEP_VDEVICE_GICV2_INTERFACE =
        3,                     ///< second half of it; the first is an area, the hardware's own
    SEP_VDEVICE_PL011 = 4,     ///< the partition's console
    SEP_VDEVICE_DOORBELLS = 5, ///< one for each of SEP_IPVI_COUNT
    SEP_VDEVICE_COUNT = 6,
};

enum sep_cfg_system_flags {
    SEP_CFG_SYSTEM_CONSOLE = 1u << 0, ///< the hypervisor brings consoles out on the board's one
    SEP_CFG_SYSTEM_FLAGS = 0x1,       ///< all of them
};

enum sep_cfg_type {
#define SEP_CFG_TYPE_ENUM(type) SEP_CFG_TYPE_##type,
    SEP_CFG_RECORD_LIST(SEP_CFG_TYPE_ENUM)
#undef SEP_CFG_TYPE_ENUM
        SEP_CFG_TYPE_COUNT,
    SEP_CFG_TYPE_none = SEP_CFG_TYPE_COUNT
};

enum sep_cfg_kind {
    SEP_CFG_KIND_ADDR,
    SEP_CFG_KIND_U64,
    SEP_CFG_KIND_U32,
    SEP_CFG_KIND_TEXT,
    SEP_CFG_KIND_REF,
    SEP_CFG_KIND_OPT,
    SEP_CFG_KIND_LIST,
    SEP_CFG_KIND_HASH,
};

// Typed references and lists.
typedef struct {
    uint32_t offset;
} sep_text_t;
#define SEP_CFG_REF_TYPES(type)                                                                    \
    typedef struct {                                                                               \
        uint32_t index;                                                                            \
    } sep_ref_##type;                                                                              \
    typedef struct {                                                                               \
        uint32_t first, count;                                                                     \
    } sep_list_##type;
SEP_CFG_RECORD_LIST(SEP_CFG_REF_TYPES)
#undef SEP_CFG_REF_TYPES

// Records as C structs.
#define SEP_CFG_MEMBER_ADDR(name, type) uint64_t name;
#define SEP_CFG_MEMBER_U64(name, type) uint64_t name;
#define SEP_CFG_MEMBER_U32(name, type) uint32_t name;
#define SEP_CFG_MEMBER_TEXT(name, type) sep_text_t name;
#define SEP_CFG_MEMBER_REF(name, type) sep_ref_##type name;
#define SEP_CFG_MEMBER_OPT(name, type) sep_ref_##type name;
#define SEP_CFG_MEMBER_LIST(name, type) sep_list_##type name;
#define SEP_CFG_MEMBER_HASH(name, type) uint8_t name[SEP_CFG_HASH_BYTES];
#define SEP_CFG_MEMBER(kind, name, type) SEP_CFG_MEMBER_##kind(name, type)
#define SEP_CFG_STRUCT(type)                                                                       \
    struct sep_cfg_##type {                                                                        \
        SEP_CFG_FIELDS_##type(SEP_CFG_MEMBER)                                                      \
    };
SEP_CFG_RECORD_LIST(SEP_CFG_STRUCT)
#undef SEP_CFG_STRUCT

// No hidden padding: a record's size is the sum of its fields', and a multiple of 8.
#define SEP_CFG_SIZE_ADDR 8u
#define SEP_CFG_SIZE_U64 8u
#define SEP_CFG_SIZE_U32 4u
#define SEP_CFG_SIZE_TEXT 4u
#define SEP_CFG_SIZE_REF 4u
#define SEP_CFG_SIZE_OPT 4u
#define SEP_CFG_SIZE_LIST 8u
#define SEP_CFG_SIZE_HASH SEP_CFG_HASH_BYTES
#define SEP_CFG_SUM(kind, name, type) +SEP_CFG_SIZE_##kind
#define SEP_CFG_ASSERT(type)                                                                       \
    _Static_assert(sizeof(struct sep_cfg_##type) == 0u SEP_CFG_FIELDS_##type(SEP_CFG_SUM) &&       \
                       sizeof(struct sep_cfg_##type) % 8u == 0u,                                   \
                   "record layout: " #type);
SEP_CFG_RECORD_LIST(SEP_CFG_ASSERT)
#undef SEP_CFG_ASSERT

/// Where a record type's section lies.
struct sep_cfg_section {
    uint32_t offset; ///< from the file's start, multiple of 8
    uint32_t count;  ///< records
    uint32_t size;   ///< of one record; must equal the reader's
    uint32_t reserved;
};

struct sep_cfg_header {
    uint32_t magic; ///< SEP_CFG_MAGIC
    uint32_t abi_revision;
    uint32_t arch; ///< enum sep_arch
    uint32_t size; ///< of the whole file, multiple of 8
    /// SHA-256 over the 16 bytes above and everything behind this field.
    uint8_t sha256[SEP_CFG_HASH_BYTES];
    uint32_t section_count; ///< SEP_CFG_TYPE_COUNT
    uint32_t text_offset;
    uint32_t text_size; ///< the last byte is zero
    uint32_t reserved;
    struct sep_cfg_section sections[SEP_CFG_TYPE_COUNT];
};
_Static_assert(sizeof(struct sep_cfg_header) == 64u + 16u * (unsigned)SEP_CFG_TYPE_COUNT, "layout");

/// A record's field, for whoever walks all of them: the boot check, the tool's writer, tests.
struct sep_cfg_field {
    uint8_t kind;   ///< enum sep_cfg_kind
    uint8_t target; ///< enum sep_cfg_type that it refers to
    uint16_t offset;
};
#define SEP_CFG_FIELD_ENTRY(record, kind, name, target)                                            \
    {SEP_CFG_KIND_##kind, SEP_CFG_TYPE_##target, offsetof(struct sep_cfg_##record, name)}

#endif
