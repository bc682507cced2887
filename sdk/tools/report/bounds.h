// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Bounds that were measured elsewhere (./dev bench), which the report repeats and plans count with: a JSON file,
// configs/bounds/<board>.json or another one
//
//   {"longest_section": {"value": 1234, "unit": "instructions", "where": "console_write"},
//    "partition_switch": {"value": 400, "unit": "instructions", "where": "slot to slot"}}

#ifndef SEPTUM_TOOL_BOUNDS_H
#define SEPTUM_TOOL_BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

#define BOUND_TEXT_MAX 64u

struct bound {
    bool measured;
    uint64_t value;
    char unit[BOUND_TEXT_MAX];
    char where[BOUND_TEXT_MAX];
};

/// Reads one bound of the file by its name; without it `measured` is false. Says on stderr what is wrong with
/// the file. Other members are skipped.
bool bounds_read(const char *path, const char *name, struct bound *bound);

#endif
