// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where the parts of the hypervisor's memory lie.

#ifndef SEPTUM_TOOL_LAYOUT_H
#define SEPTUM_TOOL_LAYOUT_H

#include "compile/unit.h"

/// Gives every blob its offset, and the blobs their size.
void layout_blobs(struct compile *c);

/// Places configuration, arena and blobs for a configuration of a size; reports what does not fit.
void layout_place(struct compile *c, uint64_t config_size);

/// Records of the health monitor's log: none where the hypervisor has no monitor.
uint32_t layout_log_records(const struct compile *c);

/// All blobs as one piece of memory.
struct bytes layout_blob_bytes(const struct compile *c);

#endif
