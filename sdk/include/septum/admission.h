// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Admission of a pool's real-time vCPUs in one plan: whether all of them always have their capacity by
// their deadline, in the pool's slots. One source for the host tool and for the boot check
// (kernel/admission.c).
//
// The model. Job k of a vCPU is released at offset + k * period from the start of the plan, wants
// `capacity` ns of the pool's slots within `deadline`, and the open job with the earliest deadline has
// the processor. To what the description says the test adds what the hypervisor may take: `overhead` for each
// job (release, switch to it, and the preemption that it causes), and, within any window of time, one
// section of `blocking` for each vCPU (an overrun is taken off the next job's capacity) and one of
// somebody who is not preempted in it.
//
// What interrupts may preempt is a demand, too: each slot is cut into windows from its start on, and in each of them
// preemptions may take a share. The test counts the shares of all windows that an interval of time meets, as taken at
// their beginnings, and of the one that it begins in the whole: at most one share too much, so with preemption the
// answer is sufficient, not exact.
//
// Where frame and periods repeat together within SEP_ADMISSION_STEPS, every deadline up to then is
// looked at: the answer is exact for this model. Otherwise the demand of any window of time is held against the
// least that the slots supply in one of its length: what passes is schedulable, and what does not might be.

#ifndef SEPTUM_ADMISSION_H
#define SEPTUM_ADMISSION_H

#include <septum/config.h>

/// Jobs, and slots, that the exact test follows; points that the other one compares.
#define SEP_ADMISSION_STEPS 8192u

/// A real-time vCPU; all times in ns, below 2^48.
struct sep_admission_task {
    uint64_t period;
    uint64_t capacity;
    uint64_t deadline; ///< at most the period
    uint64_t offset;   ///< below the period
    // The test's own.
    uint64_t next; ///< release
    uint64_t due;  ///< deadline of the open job
    uint64_t left; ///< of it; 0: none is open
};

enum sep_admission_answer {
    SEP_ADMISSION_EXACT,      ///< every deadline is met
    SEP_ADMISSION_SUFFICIENT, ///< the same, shown by what may be wanted and what is surely supplied
    SEP_ADMISSION_MISSED,     ///< a deadline is missed; where interrupts preempt: it may be
    SEP_ADMISSION_NOT_SHOWN,  ///< demand and least supply do not show that all are met
    SEP_ADMISSION_RESERVE,    ///< they are, but less than the reserved share is left
};

struct sep_admission {
    // Given.
    const struct sep_cfg_slot
        *slots; ///< of the plan, in order; those of other pools are passed over
    uint32_t slot_count;
    uint32_t pool;  ///< the slots' reference to it
    uint64_t frame; ///< major frame
    uint64_t overhead;
    uint64_t blocking;
    uint32_t reserve;           ///< percent of the pool's slots
    uint64_t preemption_window; ///< at most SEP_POOL_WINDOW_MAX; 0: no interrupt preempts
    uint32_t preemption;        ///< share of each window, in 2^-32
    uint32_t count;             ///< of tasks
    struct sep_admission_task *tasks;
    // Answered: of the deadline that is missed, or of the window that is not shown to be long enough.
    uint32_t task;
    uint64_t window; ///< start, from the start of the plan; 0 for SEP_ADMISSION_NOT_SHOWN
    uint64_t missed; ///< the deadline, from the start of the plan; or the window's length
    uint64_t demand; ///< ns wanted in the window, with what the hypervisor may take
    uint64_t supply; ///< ns of slots in it, without what interrupts may take
};

/// A percentage (100 at most) of a window, in 2^-32: rounded up, and less than all of it.
/*@ requires percent <= 100;
    assigns \nothing;
    ensures percent < 100 ==> percent * 0x100000000 <= 100 * \result < percent * 0x100000000 + 100;
    ensures percent == 100 ==> \result == 0xffffffff; */
static inline uint32_t sep_admission_share(uint32_t percent)
{
    uint64_t part = (((uint64_t)percent << 32) + 99u) / 100u;

    return part > UINT32_MAX ? UINT32_MAX : (uint32_t)part;
}

/// What preemptions may take of a window of a length in ns, below 2^32. part: in 2^-32.
/*@ requires length < 0x100000000;
    assigns \nothing;
    ensures \result * 0x100000000 <= length * part < (\result + 1) * 0x100000000; */
static inline uint64_t sep_admission_budget(uint64_t length, uint32_t part)
{
    return (length * part) >> 32;
}

/// The test; the plan has a slot of the pool. Bound: SEP_ADMISSION_STEPS times tasks, and slots.
enum sep_admission_answer sep_admission_test(struct sep_admission *a);

#endif
