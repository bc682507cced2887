// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Systems for tests, described in a few lines: a compiled configuration is laid into the simulated
// machine's memory with everything that it needs, each partition alike unless the test says more.
//
//     system_reset();
//     system_partition("a", SEP_PARTITION_BOOT);
//     system_frame(0, 10 * MS);
//     system_slot(0, 0, 4 * MS, 0, 0);
//     system_boot();                  // the first slot's guest is loaded
//     assert_int_equal(call(SEP_HC_null), SEP_OK);
//
// Partition n has, at the same virtual addresses as every other one, SYSTEM_RAM_SIZE bytes of its
// own memory (read, write, execute), its information block (read), an image of SYSTEM_IMAGE_SIZE
// bytes that is loaded to the start of its memory, and one vCPU with a stack at its end.

#ifndef TESTS_UNIT_SYSTEM_H
#define TESTS_UNIT_SYSTEM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arch/host.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <septum/config.h>
#include <septum/event.h>
#include <septum/info.h>
#include <septum/port.h>

#define US ((uint64_t)1000)
#define MS ((uint64_t)1000000)
#define S ((uint64_t)1000000000)

#define SYSTEM_PARTITIONS 8u
#define SYSTEM_VCPUS 24u
#define SYSTEM_LIST 16u ///< entries of each list of a partition
#define SYSTEM_CHANNELS 8u
#define SYSTEM_SLOTS 64u
#define SYSTEM_PLANS 4u
#define SYSTEM_POOLS 4u

#define SYSTEM_HYPERVISOR_SIZE 0x80000u
#define SYSTEM_RAM 0x10000000u ///< virtual
#define SYSTEM_RAM_SIZE 0x4000u
#define SYSTEM_RAM_PHYSICAL 0x40100000u ///< of partition 0; the next ones 64 KiB further each
#define SYSTEM_RAM_STRIDE 0x10000u
#define SYSTEM_INFO 0x18000000u ///< virtual
#define SYSTEM_IMAGE_SIZE 0xa10u
#define SYSTEM_IMAGE_BSS 0x600u ///< bytes behind the image that the segment clears
#define SYSTEM_STACK_SIZE 0x800u
#define SYSTEM_DATA (SYSTEM_RAM + 0x2000u) ///< memory of the partition for tests to use

/// A partition as it is being described. Lists of the record are filled in by system_build().
struct system_partition {
    struct sep_cfg_partition record;
    const char *name;
    uint32_t vcpu_count;
    uint32_t vcpu_cpu[SYSTEM_VCPUS];
    struct sep_cfg_vcpu vcpu[SYSTEM_VCPUS]; ///< what a pool wants to know of them
    bool pooled[SYSTEM_VCPUS];
    struct sep_cfg_area area[SYSTEM_LIST];
    struct sep_cfg_segment segment[SYSTEM_LIST];
    struct sep_cfg_blob blob[SYSTEM_LIST];
    struct sep_cfg_interrupt interrupt[SYSTEM_LIST];
    uint32_t delivery[SYSTEM_LIST]; ///< of each interrupt: enum sep_delivery; 0: deferred
    struct sep_cfg_reg reg[SYSTEM_LIST];
    struct sep_cfg_action action[SEP_EVENT_COUNT];
    struct sep_cfg_ipvi ipvi[SYSTEM_LIST];
    uint32_t ipvi_target[SYSTEM_LIST][SYSTEM_LIST]; ///< partition numbers
    struct sep_cfg_port port[SYSTEM_LIST];
    const char *port_name[SYSTEM_LIST];
    struct sep_cfg_vdevice vdevice[SYSTEM_LIST];
    uint32_t areas, segments, blobs, interrupts, regs, actions, ipvis, ports, vdevices;
};

/// The compiled configuration in the machine's memory, for tests that change it afterwards.
struct system_image {
    struct sep_cfg_header *header;
#define SYSTEM_SECTION(type) struct sep_cfg_##type *type;
    SEP_CFG_RECORD_LIST(SYSTEM_SECTION)
#undef SYSTEM_SECTION
    char *text;
};
extern struct system_image image;

// Describing. Every function may be called between system_reset() and system_build().

/// An empty system with one processor on a machine as delivered.
void system_reset(void);

/// The number of processors; vCPUs and slots name them. Machine and configuration.
void system_processors(uint32_t count);

/// Adds a partition and returns its number; flags of enum sep_partition_flags.
uint32_t system_partition(const char *name, uint32_t flags);

/// The partition for direct changes of what there is no function for.
struct system_partition *system_of(uint32_t partition);

/// Another vCPU of a partition, on a processor; returns its number.
uint32_t system_vcpu(uint32_t partition, uint32_t cpu);
/// On which processor a vCPU runs.
void system_vcpu_on(uint32_t partition, uint32_t vcpu, uint32_t cpu);

void system_console(uint32_t partition, uint32_t ring);
void system_own_console(uint32_t ring);
/// A trace of a partition, and the hypervisor's: enum sep_trace_class.
void system_trace(uint32_t partition, uint32_t mask, uint32_t records);
void system_own_trace(uint32_t mask, uint32_t records);
void system_area(uint32_t partition, uint64_t virtual_start, uint64_t physical, uint64_t size,
                 uint32_t flags);
void system_line(uint32_t partition, uint32_t line); ///< becomes the next device interrupt
void system_register(uint32_t partition, uint64_t address, uint32_t width, uint32_t read_mask,
                     uint32_t write_mask);
void system_action(uint32_t partition, enum sep_event event, enum sep_action action);
/// Most resets by the health monitor within a time.
void system_restarts(uint32_t partition, uint32_t restarts, uint64_t within);
/// Action on an event of the hypervisor's own, its resets since power-on, and records of the log.
void system_own_action(enum sep_event event, enum sep_action action);
void system_own_restarts(uint32_t restarts);
void system_log(uint32_t records);
/// An inter-partition interrupt with its destinations, bits of partition numbers.
void system_ipvi(uint32_t partition, uint32_t id, uint32_t destinations);
/// A virtual device of a partition that is an unmodified operating system.
void system_vdevice(uint32_t partition, enum sep_vdevice kind, uint64_t start, uint64_t size);
/// A channel without ends; depth 0: sampling, else queuing. Returns its number.
uint32_t system_channel(uint32_t message_size, uint32_t depth, uint64_t max_age);
/// A partition's port at one end of a channel; returns its id.
uint32_t system_port(uint32_t partition, const char *name, enum sep_port_direction direction,
                     uint32_t channel);
/// One that is connected to nothing.
uint32_t system_port_alone(uint32_t partition, const char *name, enum sep_port_direction direction,
                           uint32_t message_size, uint32_t depth);
/// A customisation file of a partition, mapped read-only; returns its physical address.
uint64_t system_file(uint32_t partition, const char *name, uint64_t virtual_start, const void *data,
                     uint32_t size);

/// A plan's major frame on every processor; plans are consecutive.
void system_frame(uint32_t plan, uint64_t ns);
/// The plan's record for direct changes of how its frames begin.
struct sep_cfg_plan *system_plan_of(uint32_t plan);
/// Adds a slot, in the order of their starts.
void system_slot(uint32_t plan, uint64_t start, uint64_t duration, uint32_t partition,
                 uint32_t vcpu);
/// An empty pool on processor 0, with quanta of best-effort vCPUs; returns its number.
uint32_t system_pool(uint64_t quantum);
/// The pool's record for direct changes; lists of members are filled in by system_build().
struct sep_cfg_pool *system_pool_of(uint32_t pool);
/// A vCPU becomes a member: best effort, or real-time (deadline 0: the period), which is started.
void system_best_effort(uint32_t pool, uint32_t partition, uint32_t vcpu);
struct sep_cfg_vcpu *system_real_time(uint32_t pool, uint32_t partition, uint32_t vcpu,
                                      uint64_t period, uint64_t capacity, uint64_t deadline,
                                      uint64_t offset);
/// As system_line(), and the line's interrupts preempt in the pool of the partition's vCPU 0.
void system_fast_line(uint32_t partition, uint32_t line, enum sep_delivery delivery);
/// Interrupts may preempt for so many percent of windows of a pool.
void system_preemption(uint32_t pool, uint32_t percent, uint64_t window);
/// Adds a slot of a pool, in the order of their starts among all slots.
void system_pool_slot(uint32_t plan, uint64_t start, uint64_t duration, uint32_t pool);
/// A plan of frames of `frame`, in which each partition's vCPU 0 has a slot of `slot` one after the
/// other from the start.
void system_simple_plan(uint64_t frame, uint64_t slot);

// Building and running.

/// Writes configuration, images and information blocks into the machine's memory.
void system_build(void);
/// Gives the configuration the hash of its content, after a test has changed it.
void system_seal(void);
/// Builds, boots, and runs until the first slot's partitions are loaded. Fails the test if the
/// system stops.
void system_boot(void);

/// Runs for a time, and fails the test if the system stops.
void run(uint64_t ns);
/// Runs until some nanoseconds of the hardware clock since boot have passed.
void run_until(uint64_t ns);
/// Hardware clock since boot by the machine's own arithmetic, rounded down.
uint64_t now(void);

/// The vCPU that runs, NULL when idle; and its number as partition * 16 + vCPU, -1 when idle.
struct vcpu *running(void);
int running_id(void);

/// A hypercall of the guest that runs.
#define call(...) CALL_PICK(__VA_ARGS__, call5, call4, call3, call2, call1, call0, )(__VA_ARGS__)
#define CALL_PICK(n, a, b, c, d, e, name, ...) name
#define call0(n) call_words(n, 0, 0, 0, 0, 0)
#define call1(n, a) call_words(n, a, 0, 0, 0, 0)
#define call2(n, a, b) call_words(n, a, b, 0, 0, 0)
#define call3(n, a, b, c) call_words(n, a, b, c, 0, 0)
#define call4(n, a, b, c, d) call_words(n, a, b, c, d, 0)
#define call5(n, a, b, c, d, e) call_words(n, a, b, c, d, e)
sep_status_t call_words(sep_word_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2,
                        sep_word_t a3, sep_word_t a4);
/// The same, when the system is expected to stop or restart in it.
enum host_end call_end(sep_word_t number, sep_word_t a0, sep_word_t a1);

/// Memory of a partition as it sees it itself, cache included. Fails the test where it has none.
void guest_get(uint32_t partition, uintptr_t address, void *to, uint32_t size);
void guest_put(uint32_t partition, uintptr_t address, const void *from, uint32_t size);
uint32_t guest_word(uint32_t partition, uintptr_t address);
void guest_put_word(uint32_t partition, uintptr_t address, uint32_t value);
uint64_t guest_word64(uint32_t partition, uintptr_t address);

/// Byte n of a partition's image.
uint8_t system_image_byte(uint32_t partition, uint32_t n);

/// Status structures, asked for by the running guest.
struct sep_partition_status partition_status(sep_word_t partition);
struct sep_vcpu_status vcpu_status(uint32_t vcpu);
struct sep_irq_status irq_status(void);
struct sep_plan_status plan_status(void);

/// Lets the running guest take interrupts: trap table set, delivery enabled, bits unmasked.
void take_interrupts(uint32_t bits);

/// The console's output contains a text.
void assert_console(const char *text);

/// A fault of the running guest.
enum host_end fault(enum sep_event event);

#endif
