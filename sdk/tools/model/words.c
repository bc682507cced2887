// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Attributes whose values are words of a fixed list.

#include "model/reader.h"

#include <string.h>

#include "base/suggest.h"

static const char *const yes_no[] = {"no", "yes", NULL};

static const char *list(struct pool *pool, const char *const *words)
{
    const char *text = words[0];

    for (size_t i = 1; words[i] != NULL; i++) {
        text = pool_printf(pool, "%s%s%s", text, words[i + 1] == NULL ? " or " : ", ", words[i]);
    }
    return text;
}

static int find(const struct reader *r, const xmlNode *node, const char *name, unsigned line,
                const char *word, const char *const *words)
{
    struct suggest suggest = suggest_begin(word);

    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return i;
        }
        suggest_word(&suggest, words[i]);
    }
    diag_add(
        r->diags, RULE_WORD_UNKNOWN, line, "%s '%s' of '%s' is unknown" MEND "%s", name, word,
        node->name,
        suggest_text(&suggest, r->pool, pool_printf(r->pool, "write %s", list(r->pool, words))));
    return -1;
}

int read_word(const struct reader *r, xmlNode *node, const char *name, const char *const *words)
{
    struct text text = read_text(r, node, name);

    return text.given ? find(r, node, name, text.line, text.text, words) : -1;
}

bool read_yes(const struct reader *r, xmlNode *node, const char *name, bool otherwise)
{
    int word = read_word(r, node, name, yes_no);

    return word < 0 ? otherwise : word == 1;
}

unsigned read_words(const struct reader *r, xmlNode *node, const char *name,
                    const char *const *words)
{
    struct text text = read_text(r, node, name);
    unsigned bits = 0;

    for (const char *at = text.text; *at != '\0';) {
        size_t length = strcspn(at, " ");
        int word = length == 0
                       ? -1
                       : find(r, node, name, text.line, pool_copy(r->pool, at, length), words);

        bits |= word < 0 ? 0u : 1u << word;
        at += length == 0 ? 1 : length;
    }
    return bits;
}
