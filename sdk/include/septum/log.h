// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Logbooks: the health monitor's and the traces. Each is a ring of records of one size behind a head
// that says what it is, so that a system partition, a debugger and the host tool read them alike.
// Records are numbered from 0 for ever; number n lies at n modulo capacity. What is older than the
// last `capacity` records is lost, and the numbers say how many that are.

#ifndef SEPTUM_LOG_H
#define SEPTUM_LOG_H

#include <septum/types.h>

#define SEP_LOG_MAGIC 0x5345504cu /* "SEPL" */

enum sep_log_kind { SEP_LOG_HM = 0, SEP_LOG_TRACE = 1 };

/// Head of a logbook, in the hypervisor's arena; the records follow.
struct sep_log {
    uint32_t magic;
    uint32_t kind;        ///< enum sep_log_kind
    uint32_t stream;      ///< trace: 0 the hypervisor's, 1 + partition; health monitor: 0
    uint32_t record_size; ///< bytes, multiple of 8
    uint32_t capacity;    ///< records
    uint32_t count;       ///< records ever written
    uint32_t mask;        ///< trace: classes that are recorded (enum sep_trace_class)
    uint32_t lock;        ///< 1: a processor is writing a record
};

/// What a status call says of a logbook.
struct sep_log_status {
    uint32_t capacity; ///< records
    uint32_t count;    ///< records ever written: the next one's number
    uint32_t oldest;   ///< number of the oldest that is still there; count: none is
    uint32_t mask;     ///< trace: classes that are recorded
};

/// Registers in a record; which is which the manual says.
#define SEP_LOG_REGISTERS 40u
/// "not of a partition" in sep_hm_record.partition.
#define SEP_LOG_HYPERVISOR 0xffffffffu

/// A record of the health monitor.
struct sep_hm_record {
    uint64_t time; ///< hardware clock, ns
    uint32_t number;
    uint32_t partition; ///< SEP_LOG_HYPERVISOR: an event of the hypervisor
    uint32_t vcpu;
    uint32_t event;   ///< enum sep_event
    uint32_t action;  ///< enum sep_action that was taken
    uint32_t code;    ///< the architecture's own cause, or what the event's row in the manual says
    uint32_t detail;  ///< the architecture's own status word
    uint32_t granule; ///< the address is exact to so many bytes; 0: there is none
    uint64_t pc;
    uint64_t address;
    uint32_t reset_count; ///< of the hypervisor
    uint32_t register_count;
    sep_word_t registers[SEP_LOG_REGISTERS]; ///< machine words: record_size says how long they are
};

/// What is recorded: X(bit, name, word in descriptions).
#define SEP_TRACE_CLASS_LIST(X)                                                                    \
    X(0, HYPERCALLS, "hypercalls")                                                                 \
    X(1, INTERRUPTS, "interrupts")                                                                 \
    X(2, SCHEDULING, "scheduling")                                                                 \
    X(3, HM, "health")                                                                             \
    X(4, PORTS, "ports")                                                                           \
    X(5, PARTITION, "partition")

enum sep_trace_class {
#define SEP_TRACE_CLASS_ENUM(bit, name, word) SEP_TRACE_##name = 1u << (bit),
    SEP_TRACE_CLASS_LIST(SEP_TRACE_CLASS_ENUM)
#undef SEP_TRACE_CLASS_ENUM
};

/// Events: X(number, NAME, class, word, what a, b, c are).
#define SEP_TRACE_EVENT_LIST(X)                                                                    \
    X(0, HYPERCALL, HYPERCALLS, "hypercall", "number, first argument, second argument")            \
    X(1, HYPERCALL_END, HYPERCALLS, "hypercall-end", "number, status, 0")                          \
    X(2, IRQ, INTERRUPTS, "irq", "line, 0, 0")                                                     \
    X(3, VIRQ, INTERRUPTS, "virq", "virtual interrupt, 0, 0")                                      \
    X(4, SLOT, SCHEDULING, "slot", "slot, vCPU, plan")                                             \
    X(5, GAP, SCHEDULING, "gap", "slot before, 0, plan")                                           \
    X(6, PLAN, SCHEDULING, "plan-switch", "plan, plan before, 0")                                  \
    X(7, STATE, SCHEDULING, "state", "state, mode, reset count")                                   \
    X(8, HM_EVENT, HM, "hm-event", "event, action, code")                                          \
    X(9, PORT_WRITE, PORTS, "write", "channel, size, messages ever written")                       \
    X(10, PORT_READ, PORTS, "read", "channel, size, number of the message")                        \
    X(11, USER, PARTITION, "event", "code, value, value")

enum sep_trace_event {
#define SEP_TRACE_EVENT_ENUM(number, name, class, word, fields) SEP_TRACE_EVENT_##name = (number),
    SEP_TRACE_EVENT_LIST(SEP_TRACE_EVENT_ENUM)
#undef SEP_TRACE_EVENT_ENUM
};

/// A record of a trace.
struct sep_trace_record {
    uint64_t time;      ///< hardware clock, ns
    uint16_t event;     ///< enum sep_trace_event
    uint8_t cpu;        ///< processor
    uint8_t vcpu;       ///< within its partition
    uint32_t partition; ///< SEP_LOG_HYPERVISOR: none
    uint32_t words[3];
    uint32_t number;
};

_Static_assert(sizeof(struct sep_log) == 32, "ABI");
_Static_assert(sizeof(struct sep_log_status) == 16, "ABI");
_Static_assert(sizeof(struct sep_hm_record) == 64u + sizeof(sep_word_t) * SEP_LOG_REGISTERS, "ABI");
_Static_assert(sizeof(struct sep_trace_record) == 32, "ABI");

#endif
