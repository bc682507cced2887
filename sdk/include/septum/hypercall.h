// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Numbers and argument structures of the hypercalls. One list generates the enum, the kernel's
// table, the guest library's tests and the manual's table.
//
// Every call takes a number, up to five machine words and answers one status. A 64-bit argument is
// one word on 64-bit machines and two words, high word first, on 32-bit ones.

#ifndef SEPTUM_HYPERCALL_H
#define SEPTUM_HYPERCALL_H

#include <septum/status.h>
#include <septum/types.h>

/// X(number, name, arguments): hc_<name> is the kernel's handler, sep_<name> the library's function.
#define SEP_HYPERCALL_LIST(X)                                                                      \
    X(0, null, "")                                                                                 \
    X(1, get_time, "clock, time*")                                                                 \
    X(2, set_timer, "clock, expiry64, interval64")                                                 \
    X(3, idle_self, "")                                                                            \
    X(4, console_write, "text*, length")                                                           \
    X(5, irq_enable, "")                                                                           \
    X(6, irq_disable, "")                                                                          \
    X(7, irq_mask, "bits")                                                                         \
    X(8, irq_unmask, "bits")                                                                       \
    X(9, irq_clear, "bits")                                                                        \
    X(10, irq_status, "status*")                                                                   \
    X(11, irq_raise, "ipvi number")                                                                \
    X(12, partition_status, "partition, status*")                                                  \
    X(13, partition_halt, "partition")                                                             \
    X(14, partition_suspend, "partition")                                                          \
    X(15, partition_resume, "partition")                                                           \
    X(16, partition_reset, "partition, mode, code")                                                \
    X(17, partition_shutdown, "partition")                                                         \
    X(18, partition_set_mode, "mode")                                                              \
    X(19, vcpu_status, "vcpu, status*")                                                            \
    X(20, vcpu_start, "vcpu, entry, argument")                                                     \
    X(21, vcpu_halt, "vcpu")                                                                       \
    X(22, vcpu_suspend, "vcpu")                                                                    \
    X(23, vcpu_resume, "vcpu")                                                                     \
    X(24, plan_switch, "plan, when")                                                               \
    X(25, plan_status, "status*")                                                                  \
    X(26, system_status, "status*")                                                                \
    X(27, system_halt, "")                                                                         \
    X(28, system_reset, "mode")                                                                    \
    X(29, batch, "calls*, count, done*")                                                           \
    X(30, io_read, "address, value*")                                                              \
    X(31, io_write, "address, value")                                                              \
    X(32, trap_table_set, "base")                                                                  \
    X(33, port_open, "request*, port*")                                                            \
    X(34, sampling_write, "port, message*, size")                                                  \
    X(35, sampling_read, "port, message*, capacity, info*")                                        \
    X(36, sampling_status, "port, status*")                                                        \
    X(37, queuing_send, "port, message*, size")                                                    \
    X(38, queuing_receive, "port, message*, capacity, info*")                                      \
    X(39, queuing_status, "port, status*")                                                         \
    X(40, queuing_clear, "port")                                                                   \
    X(41, hm_raise, "code, value")                                                                 \
    X(42, hm_status, "status*")                                                                    \
    X(43, hm_read, "number, record*")                                                              \
    X(44, trace_write, "code, value, value")                                                       \
    X(45, trace_status, "stream, status*")                                                         \
    X(46, trace_read, "stream, number, record*")                                                   \
    X(47, periodic_wait, "")                                                                       \
    X(48, periodic_status, "partition, vcpu, status*")                                             \
    X(49, periodic_start, "partition, vcpu")                                                       \
    X(50, periodic_stop, "partition, vcpu")

enum sep_hypercall {
#define SEP_HYPERCALL_ENUM(number, name, args) SEP_HC_##name = (number),
    SEP_HYPERCALL_LIST(SEP_HYPERCALL_ENUM)
#undef SEP_HYPERCALL_ENUM
};

/// Portable calls are 0 … SEP_HC_COUNT - 1.
#define SEP_HC_COUNT 51u
/// An architecture's own calls are SEP_HC_ARCH_FIRST … SEP_HC_ARCH_FIRST + SEP_HC_ARCH_MAX - 1,
/// declared in septum/arch/<isa>.h.
#define SEP_HC_ARCH_FIRST 64u
#define SEP_HC_ARCH_MAX 16u

/// Clocks of sep_get_time() and sep_set_timer().
enum sep_clock {
    SEP_CLOCK_HW = 0,       ///< time since the hypervisor started
    SEP_CLOCK_EXEC = 1,     ///< time that this vCPU has run
    SEP_CLOCK_WATCHDOG = 2, ///< timer only, on the hardware clock: expiry is a health-monitor event
    SEP_CLOCK_COUNT = 3,
};

/// States of a partition and of a vCPU.
enum sep_state {
    SEP_STATE_HALTED = 0,    ///< does not run; only a reset (vCPU: a start) leaves it
    SEP_STATE_READY = 1,     ///< runs in its slots
    SEP_STATE_SUSPENDED = 2, ///< does not run until resumed
    SEP_STATE_IDLE = 3,      ///< vCPU only: waits for an interrupt or its next slot
    SEP_STATE_LOADING = 4,   ///< partition, vCPU 0: the image is being cleared, checked and loaded
};

/// Operating modes of a partition (ARINC 653 words) and, the first two, reset modes.
enum sep_mode {
    SEP_MODE_COLD = 0,   ///< starting after a cold reset: image reloaded, memory cleared
    SEP_MODE_WARM = 1,   ///< starting after a warm reset: memory kept
    SEP_MODE_NORMAL = 2, ///< initialised, says the partition itself
    SEP_MODE_IDLE = 3,   ///< halted
};

/// When sep_plan_switch() has the other plan begin.
enum sep_plan_when {
    SEP_PLAN_AT_FRAME_END = 0, ///< with the next frame
    SEP_PLAN_AT_ONCE = 1,      ///< now; the description allows it for the plan (immediate="yes")
};

/// "myself" where a call takes a partition.
#define SEP_SELF (~(sep_word_t)0)

/// Longest text of one sep_console_write(), in bytes.
#define SEP_CONSOLE_WRITE_MAX 256u
/// Most calls of one sep_batch().
#define SEP_BATCH_MAX 32u
/// Shortest interval of a periodic timer, in nanoseconds.
#define SEP_TIMER_INTERVAL_MIN ((sep_time_t)100000)

struct sep_irq_status {
    uint32_t enabled; ///< 1: interrupts are delivered
    uint32_t pending; ///< one bit per virtual interrupt
    uint32_t masked;  ///< one bit per virtual interrupt
    uint32_t reserved;
};

struct sep_partition_status {
    uint64_t exec_clock;  ///< ns run by all its vCPUs
    uint32_t state;       ///< enum sep_state
    uint32_t mode;        ///< enum sep_mode
    uint32_t reset_count; ///< resets since the system's start; the first boot is not one
    uint32_t reset_code;  ///< given by whoever reset it
    uint32_t virq_count;  ///< virtual interrupts delivered
    uint32_t event_count; ///< health-monitor events raised
    uint32_t vcpu_count;
    uint32_t reserved;
};

struct sep_vcpu_status {
    uint64_t exec_clock; ///< ns run
    uint32_t state;      ///< enum sep_state
    uint32_t cpu;        ///< processor on which its slots lie
};

/// Of a real-time vCPU in a pool.
enum sep_periodic_state {
    SEP_PERIODIC_STOPPED = 0, ///< not released until it is started
    SEP_PERIODIC_WAITING = 1, ///< its job is finished: it waits for the next release
    SEP_PERIODIC_OPEN = 2,    ///< its job is released and not finished
};

struct sep_periodic_status {
    uint64_t release;      ///< hardware-clock time of the last release
    uint64_t deadline;     ///< of the job released then
    uint64_t next_release; ///< hardware-clock time; 0: it is stopped
    uint64_t left;         ///< ns of the open job's capacity that are left; 0: none is open
    uint32_t state;        ///< enum sep_periodic_state
    uint32_t released;     ///< jobs released since the system's start
    uint32_t finished;     ///< by sep_periodic_wait()
    uint32_t overruns;     ///< jobs that used up their capacity
    uint32_t missed;       ///< jobs that were open at their deadline or at a plan switch
    uint32_t reserved;
};

struct sep_plan_status {
    uint64_t frame_start; ///< hardware-clock time at which the running frame began
    uint64_t switch_time; ///< hardware-clock time of the last plan switch, 0: none yet
    uint32_t current;     ///< running plan
    uint32_t next;        ///< plan of the next frame
    uint32_t previous;    ///< plan before the last switch
    uint32_t frame_count; ///< frames begun since the system's start
    uint32_t slot_id;     ///< slot running on this processor
    uint32_t
        plan_frame; ///< frames of the running plan begun since the switch to it; 1: its first runs
};

struct sep_system_status {
    uint64_t time;        ///< hardware clock
    uint32_t reset_count; ///< warm resets of the hypervisor since its cold start
    uint32_t partition_count;
    uint32_t event_count; ///< health-monitor events
    uint32_t irq_count;   ///< hardware interrupts taken
};

/// One call of a batch. Words are 64 bits wide on every machine so that the layout is one.
struct sep_batch_call {
    uint32_t number;
    int32_t status; ///< written by the hypervisor
    uint64_t args[5];
};

_Static_assert(sizeof(struct sep_irq_status) == 16, "ABI");
_Static_assert(sizeof(struct sep_partition_status) == 40, "ABI");
_Static_assert(sizeof(struct sep_vcpu_status) == 16, "ABI");
_Static_assert(sizeof(struct sep_periodic_status) == 56, "ABI");
_Static_assert(sizeof(struct sep_plan_status) == 40, "ABI");
_Static_assert(sizeof(struct sep_system_status) == 24, "ABI");
_Static_assert(sizeof(struct sep_batch_call) == 48, "ABI");

#endif
