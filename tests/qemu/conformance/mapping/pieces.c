// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sees the same memory in pieces, each elsewhere, and finds the marks; behind a piece there is nothing.

#include "page.h"
#include <isa_faults.h>

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static bool nothing_at(uintptr_t address)
{
    faults = 0;
    isa_raise_read(address);
    return faults == 1u;
}

static void piece(const char *area, uint32_t kind, uint32_t first)
{
    uint32_t wrong = 0;

    for (uint32_t n = 0; n < page_count(area); n++) {
        wrong += *page_word(area, n, false) != page_value(kind, first + n) ? 1u : 0u;
        wrong += *page_word(area, n, true) != page_value(kind + 1u, first + n) ? 1u : 0u;
    }
    printf("%s\n", area);
    CHECK_EQUAL("each page is in its place", wrong, 0);
    CHECK("nothing before it", nothing_at(area_start(area) - 4u));
}

int main(void)
{
    rt_trap_handler(on_fault);
    while (*page_word("odd", 129, true) != page_value(5, 129)) {
        idle(1);
    }
    piece("low", 2, 0);
    CHECK("nothing behind it", nothing_at(area_end("low")));
    piece("middle", 2, 4096);
    CHECK("nothing behind it", nothing_at(area_end("middle")));
    piece("high", 2, 4096 + 128);
    CHECK("nothing behind it", nothing_at(area_end("high")));
    piece("odd", 4, 0);
    return 0;
}
