// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The target as its hypervisor binary describes it.

#ifndef SEPTUM_TOOL_TARGET_H
#define SEPTUM_TOOL_TARGET_H

#include <septum/arena.h>
#include <septum/build_info.h>

#include "compile/compile.h"

struct target {
    uint64_t start, end;              ///< physical memory of the binary, bss included
    struct sep_table_levels geometry; ///< the level<n>_* values
#define TARGET_VALUE(key, meaning) uint32_t key;
    SEP_BUILD_INFO_LIST(TARGET_VALUE)
#undef TARGET_VALUE
};

/// Reads the hypervisor binary of the session's options and checks that it fits board and
/// description. False: nothing useful could be read (reported).
bool target_read(struct septum *s, struct target *target);

/// Words of a target in its byte order, appended to a buffer.
struct target_bytes {
    struct pool *pool;
    bool big_endian;
    uint8_t *data;
    size_t size;
};

void target_put(struct target_bytes *out, uint64_t value, unsigned width);
void target_put_bytes(struct target_bytes *out, const void *data, size_t size);
void target_align(struct target_bytes *out, size_t alignment);

/// Rounds up to a multiple.
uint64_t target_round(uint64_t value, uint64_t alignment);

#endif
