// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Work of a known length: until one's own execution clock has advanced.

#ifndef POOL_WORK_H
#define POOL_WORK_H

#include <septum/septum.h>

#define US ((sep_time_t)1000)

static inline sep_time_t executed(void)
{
    sep_time_t time = 0;

    (void)sep_get_time(SEP_CLOCK_EXEC, &time);
    return time;
}

static inline void work(sep_time_t length)
{
    sep_time_t begin = executed();

    while (executed() - begin < length) {
    }
}

#endif
