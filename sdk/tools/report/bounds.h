// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Bounds that were measured elsewhere (./dev bench) and that the report repeats: a JSON file,
// configs/bounds/<board>.json or another one
//
//   {"longest_section": {"value": 1234, "unit": "instructions", "where": "console_write"}}

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

/// Reads the file; says on stderr what is wrong with it. Members that it does not know are skipped.
/// One of them, by name.
bool bounds_read_one(const char *path, const char *name, struct bound *bound);

bool bounds_read(const char *path, struct bound *longest);

#endif
