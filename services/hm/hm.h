// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log: the last events with everything known about them.

#ifndef HM_HM_H
#define HM_HM_H

#include <hal/trap.h>

/// Records kept; older ones are overwritten.
#define HM_LOG_RECORDS 32u
/// Lines that a partition's events may put on the console between two starts of the system.
#define HM_LINES_MAX 16u

struct hm_record {
    uint64_t time; ///< hardware clock, ns
    struct hal_fault fault;
    struct hal_registers registers;
    uint32_t partition;
    uint32_t vcpu;
    uint32_t action; ///< enum sep_action
    uint32_t number; ///< counts from 0
    uint32_t line;   ///< how many of the partition's events there were with it
};

/// Read by a debugger, or from a memory dump; written by the processor that raised the event.
struct hm_log {
    struct hm_record records[HM_LOG_RECORDS];
    uint32_t count; ///< events ever recorded
    uint32_t told;  ///< of them passed on to the console
};
extern struct hm_log hm_log;

#endif
