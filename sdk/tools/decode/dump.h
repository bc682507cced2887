// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of a hypervisor: a recording of `septum run`, or whatever a debugger wrote. It takes any bytes.

#ifndef SEPTUM_TOOL_DUMP_H
#define SEPTUM_TOOL_DUMP_H

#include "base/pool.h"
#include "image/cfgfile.h"

#define DUMP_ERROR_MAX 200u
/// Most partitions of a system whose configuration is not known.
#define DUMP_PARTITIONS_MAX 1024u

struct dump {
    struct pool *pool;    ///< what is decoded lives here
    const uint8_t *bytes; ///< the memory
    size_t size;
    uint64_t start;     ///< physical address of the first byte
    bool placed;        ///< that address is known; otherwise it is 0
    bool configured;    ///< the compiled configuration was found in it
    uint64_t at;        ///< where it begins
    uint64_t second;    ///< where another sound one begins, behind it; 0: nowhere
    bool big_endian;    ///< of the configuration
    struct cfgfile cfg; ///< its names are one line each, in UTF-8
};

/// Takes a file's bytes, which stay the caller's. `start`: the physical address of a raw dump, NULL: not
/// known. False with a sentence in `error`, and nothing is left to close.
bool dump_open(struct dump *dump, const uint8_t *bytes, size_t size, const uint64_t *start,
               char error[DUMP_ERROR_MAX]);

void dump_close(struct dump *dump);

/// Whether a system can have a partition of this number.
bool dump_has_partition(const struct dump *dump, uint32_t partition);

/// A partition's name; "hypervisor" for SEP_LOG_HYPERVISOR, "partition 3" where names are not known.
const char *dump_partition(const struct dump *dump, uint32_t partition);

/// Name of a channel; NULL: not known.
const char *dump_channel(const struct dump *dump, uint32_t channel);

#endif
