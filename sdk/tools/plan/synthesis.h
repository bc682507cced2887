// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A plan 0 for a description: what its partitions ask for becomes a problem of plan/make.h, the answer slots
// of the model, errors, and a new text of the description.

#ifndef SEPTUM_TOOL_PLAN_SYNTHESIS_H
#define SEPTUM_TOOL_PLAN_SYNTHESIS_H

#include "base/file.h"
#include "model/system.h"
#include "plan/make.h"

struct synthesis_options {
    uint64_t granule; ///< ns, 0: chosen here
    uint64_t cost;    ///< ns
    uint64_t limit;   ///< states
};

struct synthesis {
    uint64_t frame, granule;
    uint64_t jobs, nodes;
    bool searched;
};

/// Makes plan 0 of a description that was checked as unplanned: sets frame and slots in the model. False after
/// reporting why there is none.
bool synthesis_make(struct diags *diags, struct sys *sys, const struct synthesis_options *options,
                    struct synthesis *out);

/// The text of the description with plan 0 of the model in the place of its own.
struct bytes synthesis_text(struct pool *pool, struct bytes text, const struct sys *sys);

#endif
