// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The processor time that a cyclic plan gives.

#include "plan/supply.h"

struct supply supply_make(struct pool *pool, const struct supply_span *slots, size_t count,
                          uint64_t frame, uint64_t cost)
{
    struct supply s = {.frame = frame};

    s.spans = pool_alloc(pool, (count + 1) * sizeof *s.spans);
    s.before = pool_alloc(pool, (count + 1) * sizeof *s.before);
    for (size_t i = 0; i < count; i++) {
        struct supply_span span = slots[i];

        if (span.end - span.start <= cost) {
            continue;
        }
        span.start += cost;
        if (s.count != 0 && s.spans[s.count - 1].end == span.start) {
            s.spans[s.count - 1].end = span.end;
        } else {
            s.before[s.count] = s.total;
            s.spans[s.count++] = span;
        }
        s.total += span.end - span.start;
    }
    return s;
}

// How many spans begin before t of the frame.
static size_t begun(const struct supply *s, uint64_t t)
{
    size_t low = 0;
    size_t high = s->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->spans[middle].start < t) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint64_t supply_until(const struct supply *s, uint64_t t)
{
    uint64_t inside = t % s->frame;
    uint64_t sum = t / s->frame * s->total;
    size_t n = begun(s, inside);

    if (n != 0) {
        const struct supply_span *last = &s->spans[n - 1];
        uint64_t end = inside < last->end ? inside : last->end;

        sum += s->before[n - 1] + (end - last->start);
    }
    return sum;
}

uint64_t supply_time(const struct supply *s, uint64_t given)
{
    if (given == 0) {
        return 0;
    }
    if (s->total == 0 || (given - 1) / s->total >= SUPPLY_TIME_MAX / s->frame) {
        return UINT64_MAX;
    }
    uint64_t frames = (given - 1) / s->total;
    uint64_t rest = given - frames * s->total; // 1 ... total
    size_t low = 0;
    size_t high = s->count - 1;

    while (low < high) { // the last span with less than `rest` in front of it
        size_t middle = low + (high - low + 1) / 2;

        if (s->before[middle] < rest) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return frames * s->frame + s->spans[low].start + (rest - s->before[low]);
}

// Moving a window to the end of the span in which it begins, or back to the end of the span before it, does
// not give it more: so only windows that begin at ends of spans are looked at.
uint64_t supply_least(const struct supply *s, uint64_t length)
{
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; i < s->count; i++) {
        uint64_t from = s->spans[i].end;
        uint64_t given = supply_until(s, from + length) - supply_until(s, from);

        least = given < least ? given : least;
    }
    return s->count == 0 ? 0 : least;
}

uint64_t supply_gap(const struct supply *s)
{
    uint64_t longest = 0;

    for (size_t i = 0; i < s->count; i++) {
        uint64_t next = i + 1 < s->count ? s->spans[i + 1].start : s->spans[0].start + s->frame;

        longest = next - s->spans[i].end > longest ? next - s->spans[i].end : longest;
    }
    return s->count == 0 ? UINT64_MAX : longest;
}
