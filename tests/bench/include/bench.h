// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Stubs of which every instruction is known, so that the clock can be turned into instructions. Each
// architecture writes them in assembly (isa/<isa>/stubs.S) with the numbers of bench_constant.

#ifndef BENCH_H
#define BENCH_H

#include <septum/septum.h>

/// Instructions of the stubs, in this order:
struct bench_constants {
    uint32_t wake_head;    ///< bench_wake: from the slot's first instruction to before the call
    uint32_t twice_gap;    ///< bench_twice: between its two calls
    uint32_t spin_head;    ///< bench_spin: between the call and the first step
    uint32_t spin_step;    ///< of one step
    uint32_t loop_step;    ///< bench_loop: of one step
    uint32_t windows_step; ///< bench_windows: of one level, the traps it causes not counted
    uint32_t irq_head;     ///< bench_trap_table: from an interrupt's first instruction to the call
    uint32_t
        fault_head; ///< bench_fault: instructions that happen between its clocks, the fault's aside
    uint32_t fp_gap; ///< bench_fp: between its two calls, the trap it may cause not counted
};
extern const struct bench_constants bench_constant;

/// A hypercall: its number and five words.
struct bench_words {
    sep_word_t number;
    sep_word_t arguments[5];
};

/// Makes the call, or all but the call. The trap is at bench_call_trap, its return bench_call_done.
sep_status_t bench_call(const struct bench_words *words);
sep_status_t bench_call_nothing(const struct bench_words *words);

/// Idles until the next slot and reads the clock with its first instructions; the first of all is at
/// bench_wake_first.
void bench_wake(sep_time_t *time);

/// Reads the clock twice: the difference is what reading takes, and bench_constant.twice_gap.
void bench_twice(sep_time_t times[2]);

/// The same with an instruction of the unit of floating point, which fp_gap counts, in between.
void bench_fp(sep_time_t times[2]);

/// Reads the clock, then counts down steps from limit to 0; whoever looks sees how far it is.
struct bench_spin {
    sep_time_t time;
    uint32_t left;
    uint32_t reserved;
};
void bench_spin(struct bench_spin *spin, uint32_t limit);

/// Reads the clock, makes that many steps (at least one), reads it again.
void bench_loop(sep_time_t times[2], uint32_t steps);

/// Reads the clock, goes depth calls deep, reads it, returns from all, reads it. The stack frames
/// and register windows of the calls are the architecture's smallest.
void bench_windows(sep_time_t times[3], uint32_t depth);

/// Reads the clock, makes a load that it may not (bench_fault_load), and has the handler of
/// bench_fault_table, first instruction bench_fault_taken, read the clock and go on behind the load.
void bench_fault(sep_time_t times[2]);
extern const char bench_fault_table[];

/// A trap table whose interrupts read the clock with their first instructions and note what the
/// running bench_spin had left.
extern const char bench_trap_table[];
extern volatile sep_time_t bench_irq_time;
extern volatile uint32_t bench_irq_left;

#endif
