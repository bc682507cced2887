// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Slack of jobs in the order of their deadlines.

#include "plan/slack.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

struct slack slack_make(struct pool *pool, const int64_t *values, size_t count)
{
    struct slack s = {.leaves = 1};

    while (s.leaves < count) {
        s.leaves *= 2;
    }
    s.least = pool_alloc(pool, 2 * s.leaves * sizeof *s.least);
    s.added = pool_alloc(pool, 2 * s.leaves * sizeof *s.added);
    for (size_t i = 0; i < s.leaves; i++) {
        s.least[s.leaves + i] = i < count ? values[i] : SLACK_NONE;
    }
    for (size_t n = s.leaves; n-- > 1;) {
        s.least[n] = smaller(s.least[2 * n], s.least[2 * n + 1]);
    }
    return s;
}

// Minima above a node, after it changed.
static void mend(struct slack *s, size_t node)
{
    for (node /= 2; node >= 1; node /= 2) {
        s->least[node] = smaller(s->least[2 * node], s->least[2 * node + 1]) + s->added[node];
    }
}

static void raise(struct slack *s, size_t node, int64_t value)
{
    s->least[node] += value;
    s->added[node] += value;
}

void slack_add(struct slack *s, size_t first, int64_t value)
{
    size_t node = s->leaves + first;

    // The leaf itself, and of each node on the way up the right neighbour when it came from the left.
    raise(s, node, value);
    for (; node > 1; node /= 2) {
        if (node % 2 == 0) {
            raise(s, node + 1, value);
        }
        s->least[node / 2] =
            smaller(s->least[node & ~(size_t)1], s->least[node | 1]) + s->added[node / 2];
    }
}

void slack_drop(struct slack *s, size_t place)
{
    s->least[s->leaves + place] = SLACK_NONE;
    mend(s, s->leaves + place);
}

int64_t slack_least(const struct slack *s, size_t count)
{
    int64_t least = SLACK_NONE;
    size_t node;

    if (count == 0) {
        return SLACK_NONE;
    }
    // From the leaf behind the last upwards: left neighbours are inside.
    if (count >= s->leaves) {
        return s->least[1];
    }
    for (node = s->leaves + count; node > 1; node /= 2) {
        if (node % 2 == 1) {
            least = smaller(least, s->least[node - 1]);
        }
        least += s->added[node / 2];
    }
    return least;
}
