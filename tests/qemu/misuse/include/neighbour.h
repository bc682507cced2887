// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How late a neighbour's slots begin: the clock at the slot's first instructions against the frame's
// start.

#ifndef MISUSE_NEIGHBOUR_H
#define MISUSE_NEIGHBOUR_H

#include <septum/septum.h>
#include <stdio.h>

#ifndef FRAMES
#define FRAMES 300u
#endif

struct lateness {
    uint32_t count;
    uint32_t least, most; ///< ns behind the frame's start
};

static inline void lateness_take(struct lateness *l, sep_time_t time)
{
    struct sep_plan_status plan;
    uint32_t late;

    (void)sep_plan_status(&plan);
    late = (uint32_t)(time - plan.frame_start);
    if (l->count == 0u || late < l->least) {
        l->least = late;
    }
    if (late > l->most) {
        l->most = late;
    }
    l->count++;
}

// What nobody else may change.
#define CANARY_WORDS 1024u
static uint32_t canary[CANARY_WORDS];

static inline void canary_fill(void)
{
    for (uint32_t i = 0; i < CANARY_WORDS; i++) {
        canary[i] = i * 2654435761u;
    }
}

static inline void canary_check(void)
{
    for (uint32_t i = 0; i < CANARY_WORDS; i++) {
        if (canary[i] != i * 2654435761u) {
            printf("MY MEMORY HAS CHANGED\n");
        }
    }
}

static inline void lateness_print(const struct lateness *l)
{
    printf("%u slots began %u to %u ns behind their frame\n", (unsigned)l->count,
           (unsigned)l->least, (unsigned)l->most);
}

#endif
