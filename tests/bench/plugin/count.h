// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the parts of the counter share. Everything runs on QEMU's one thread of -icount.

#ifndef BENCH_COUNT_H
#define BENCH_COUNT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define NAME_MAX_BYTES 48

/// Instructions executed so far, the running one excluded.
extern uint64_t count_total;
/// Where results go.
extern FILE *count_out;

/// Smallest, largest, sum and number of some lengths.
struct spread {
    uint64_t number, least, most, sum;
};

void spread_add(struct spread *spread, uint64_t length);
void spread_print(const struct spread *spread);

/// "name:first-last" or, single, "name:first". False if it is not of that form.
bool parse_range(const char *text, char name[NAME_MAX_BYTES], uint64_t *first, uint64_t *last);

/// An event of the log: a word, a name, the count, and two more values.
void log_event(const char *word, const char *name, uint64_t count, uint64_t a, uint64_t b);

// watch.c: windows between two addresses, and logged addresses.
bool watch_add_window(const char *text);
bool watch_add_log(const char *text);
/// An address where an interrupt could be taken: it ends a section of the hypervisor.
bool watch_add_cut(const char *text);
/// An address in the hypervisor that tells one kind of entry from another with the same first address.
bool watch_add_mark(const char *text);
/// How many watches the instruction at an address has, each to be called with its data.
unsigned watch_find(uint64_t address, void **data, unsigned max);
void watch_hit(unsigned vcpu, void *data);
void watch_print(void);
/// Profile a window.
bool watch_profile(const char *name);
/// Whether it is open.
extern bool watch_profiling;

// domain.c: who executes: the hypervisor, or which partition.
bool domain_add(const char *text, bool hypervisor);
/// Number of the domain of an address.
unsigned domain_of(uint64_t address);
bool domain_is_hypervisor(unsigned domain);
/// A block of a domain begins at an address.
enum domain_verdict domain_enter(unsigned domain, uint64_t address);
/// The hypervisor is at an address where an interrupt could be taken.
void domain_cut(uint64_t address);
/// The excursion under way counts as begun by this address.
void domain_mark(uint64_t address);
/// Profile the excursions from a partition to one that are so long: "FROM>TO<LEAST-MOST".
bool domain_profile(const char *text);
/// What an excursion's end means for the profile: keep what it counted, drop it, or it goes on.
enum domain_verdict { DOMAIN_GOES_ON, DOMAIN_KEEP, DOMAIN_DROP };
/// Log every excursion, too.
void domain_log(void);
/// A trap's entry behind which the trapped instruction is begun again, or never.
bool domain_add_undo(const char *text);
/// Whether a block's address is one.
bool domain_undoes(uint64_t address);
void domain_print(void);

#endif
