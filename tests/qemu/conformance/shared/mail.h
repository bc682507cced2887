// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the partitions tell each other through their shared memory.

#ifndef MAIL_H
#define MAIL_H

#include <check.h>

#define WORDS 2048u

struct mail {
    volatile uint32_t word[WORDS];
};

static inline uint32_t mail_value(uint32_t life, uint32_t i)
{
    return (life << 24 | i) * 2654435761u;
}

#endif
