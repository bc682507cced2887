// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that are timed, each with arguments that make it succeed, and the costliest ones
// known. They come in an order in which each finds the state that it needs.

#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include "bench.h"

#define TABLE_MAX 128u
#define TABLE_ANY 1000 ///< a call that answers something else than a status

/// Fills in what only the running partition knows; returns the number of entries.
uint32_t table_fill(void);

const char *table_name(uint32_t index);
const struct bench_words *table_words(uint32_t index);

/// The status that it must answer.
sep_status_t table_expected(uint32_t index);

/// Adds a call that answers SEP_OK; returns its arguments.
sep_word_t *table_add(const char *name, uint32_t number, sep_word_t a, sep_word_t b, sep_word_t c);

/// The call added last answers something else.
void table_expect(sep_status_t status);

/// Adds the calls of the architecture alone.
void table_add_isa(void);

/// get_time of the hardware clock.
const struct bench_words *table_get_time(void);

#endif
