// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// "Did you mean": the known word nearest to a wrong one, by number of edits.

#include "base/suggest.h"

#include <string.h>

#define WORD_MAX 48u

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;

    return least < c ? least : c;
}

static unsigned lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A' + 'a') : (unsigned char)c;
}

// Insertions, deletions, replacements and swaps of neighbours, one row at a time.
static unsigned distance(const char *a, const char *b)
{
    unsigned rows[3][WORD_MAX + 1];
    size_t na = strlen(a);
    size_t nb = strlen(b);

    if (na > WORD_MAX || nb > WORD_MAX) {
        return WORD_MAX;
    }
    for (unsigned j = 0; j <= nb; j++) {
        rows[0][j] = j;
    }
    for (unsigned i = 1; i <= na; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i - 1) % 3];

        row[0] = i;
        for (unsigned j = 1; j <= nb; j++) {
            unsigned cost = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;

            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min3(row[j], rows[(i - 2) % 3][j - 2] + 1, WORD_MAX);
            }
        }
    }
    return rows[na % 3][nb];
}

struct suggest suggest_begin(const char *wrong)
{
    size_t length = strlen(wrong);

    return (struct suggest){wrong, NULL, length < 3 ? 2u : length < 6 ? 3u : 4u};
}

void suggest_word(struct suggest *suggest, const char *word)
{
    unsigned d = distance(suggest->wrong, word);

    if (d < suggest->distance && d < strlen(word)) {
        suggest->best = word;
        suggest->distance = d;
    }
}

const char *suggest_text(const struct suggest *suggest, struct pool *pool, const char *otherwise)
{
    return suggest->best == NULL ? otherwise
                                 : pool_printf(pool, "did you mean '%s'?", suggest->best);
}
