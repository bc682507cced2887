// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loading a partition: its own work, done in its own slots in short steps. Clears its private
// memory, checks the hash of everything packed for it, copies the image.

#ifndef KERNEL_LOAD_H
#define KERNEL_LOAD_H

#include <kernel/sha256.h>
#include <septum/types.h>

struct partition;

enum load_phase {
    LOAD_DONE = 0,
    LOAD_CLEAR,  ///< private writable areas
    LOAD_VERIFY, ///< hashes of the blobs
    LOAD_COPY,   ///< segments
};

struct load {
    uint32_t phase;   ///< enum load_phase
    bool complete;    ///< the memory holds an image that was loaded to its end
    uint32_t index;   ///< area, blob or segment within the partition
    uintptr_t offset; ///< within it
    struct sha256 hash;
};

/// Most bytes cleared or copied, and hashed, in one step.
#define LOAD_STEP_COPY 1024u
#define LOAD_STEP_HASH SHA256_BLOCK

/// Begins, replacing a load under way.
void load_begin(struct partition *partition);

/// One step. Any space may be current: memory is reached by its physical address.
void load_step(struct partition *partition);

#endif
