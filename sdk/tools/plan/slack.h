// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Slack of jobs in the order of their deadlines: how long the processor may do something else before
// one of the first n can no longer meet its deadline. A tree of minima, changed over ranges.

#ifndef SEPTUM_TOOL_PLAN_SLACK_H
#define SEPTUM_TOOL_PLAN_SLACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"

/// Value of a place that bounds nothing any more.
#define SLACK_NONE ((int64_t)1 << 61)

struct slack {
    int64_t *least; ///< of each node, without what was added above it
    int64_t *added;
    size_t leaves; ///< power of two
};

/// Places 0 ... count - 1 with these values.
struct slack slack_make(struct pool *pool, const int64_t *values, size_t count);

/// Adds to all places from `first` on.
void slack_add(struct slack *s, size_t first, int64_t value);

/// Lets a place bound nothing any more.
void slack_drop(struct slack *s, size_t place);

/// The least value of places 0 ... count - 1; SLACK_NONE or about that: none.
int64_t slack_least(const struct slack *s, size_t count);

#endif
