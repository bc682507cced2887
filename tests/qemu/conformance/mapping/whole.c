// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sees the memory as a whole and marks each of its pages.

#include "page.h"

static void mark(const char *area, uint32_t kind)
{
    for (uint32_t n = 0; n < page_count(area); n++) {
        *page_word(area, n, false) = page_value(kind, n);
        *page_word(area, n, true) = page_value(kind + 1u, n);
    }
}

int main(void)
{
    CHECK_EQUAL("pages", page_count("all"), 5153);
    CHECK_EQUAL("odd pages", page_count("odd"), 130);
    mark("all", 2);
    mark("odd", 4);
    return 0;
}
