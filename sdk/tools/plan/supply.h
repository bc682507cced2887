// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The processor time that a cyclic plan gives to somebody, repeated for ever: how much in which window,
// and the least in any window of a length (the supply-bound function). Times are of one unit.

#ifndef SEPTUM_TOOL_PLAN_SUPPLY_H
#define SEPTUM_TOOL_PLAN_SUPPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"

struct supply_span {
    uint64_t start, end;
};

struct supply {
    struct supply_span *spans; ///< useful time, sorted, none empty, apart from each other
    uint64_t *before;          ///< time given in the frame before each span
    size_t count;
    uint64_t frame;
    uint64_t total; ///< time given per frame
};

/// Longest time that anything is looked at here.
#define SUPPLY_TIME_MAX ((uint64_t)1 << 60)

/// Of slots in the order of time inside a frame; the first `cost` of each slot is lost.
struct supply supply_make(struct pool *pool, const struct supply_span *slots, size_t count,
                          uint64_t frame, uint64_t cost);

/// Time given in [0, t).
uint64_t supply_until(const struct supply *s, uint64_t t);

/// The earliest t with supply_until(t) >= given; 0 for nothing, UINT64_MAX beyond SUPPLY_TIME_MAX.
uint64_t supply_time(const struct supply *s, uint64_t given);

/// The least time given in any window of a length.
uint64_t supply_least(const struct supply *s, uint64_t length);

/// The longest time without any; the whole of it when there is none: UINT64_MAX.
uint64_t supply_gap(const struct supply *s);

#endif
