// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that are timed, each with arguments that make it succeed, and the costliest ones
// known. They come in an order in which each finds the state that it needs.

#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include "bench.h"

#define TABLE_MAX 64u

/// Fills in what only the running partition knows; returns the number of entries.
uint32_t table_fill(void);

const char *table_name(uint32_t index);
const struct bench_words *table_words(uint32_t index);

/// get_time of the hardware clock.
const struct bench_words *table_get_time(void);

#endif
