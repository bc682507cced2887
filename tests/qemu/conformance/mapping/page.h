// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The words that mark pages.

#ifndef PAGE_H
#define PAGE_H

#include <check.h>

#define PAGE 4096u

// First and last word of page n of a kind.
static inline uint32_t page_value(uint32_t kind, uint32_t n)
{
    return (kind << 20 | n) ^ 0x5a5a0000u;
}

static inline volatile uint32_t *page_word(const char *area, uint32_t n, bool last)
{
    return (volatile uint32_t *)(area_start(area) + n * PAGE + (last ? PAGE - 4u : 0u));
}

static inline uint32_t page_count(const char *area)
{
    return (uint32_t)((area_end(area) - area_start(area)) / PAGE);
}

#endif
