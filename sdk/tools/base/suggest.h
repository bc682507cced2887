// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// "Did you mean": the known word nearest to a wrong one.

#ifndef SEPTUM_TOOL_SUGGEST_H
#define SEPTUM_TOOL_SUGGEST_H

#include "base/pool.h"

struct suggest {
    const char *wrong;
    const char *best; ///< NULL: nothing is near
    unsigned distance;
};

/// Starts a search.
struct suggest suggest_begin(const char *wrong);

/// Offers a known word.
void suggest_word(struct suggest *suggest, const char *word);

/// What to say: "did you mean 'x'?" or the text given.
const char *suggest_text(const struct suggest *suggest, struct pool *pool, const char *otherwise);

#endif
