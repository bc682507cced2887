// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A recording: the hypervisor's memory as it was when the system had ended, with a head that says where
// it lay. `septum run --record` writes one, `septum log` and `septum trace` read it.

#ifndef SEPTUM_TOOL_RECORDING_H
#define SEPTUM_TOOL_RECORDING_H

#include <string.h>

#include "image/bytes.h"

#define RECORDING_MAGIC "SEPTMEM" /* with the zero at its end: 8 bytes */
#define RECORDING_VERSION 1u
/// Bytes of the head: magic, version, a zero word, physical start, size; the words big-endian,
/// whatever the target's order. The memory follows; nothing stands behind it.
#define RECORDING_HEAD 32u
/// Start and size are multiples of so many bytes: logbooks are looked for at such addresses.
#define RECORDING_STEP 8u

/// Writes the head that stands in front of `size` bytes of memory from the physical address `start`.
static inline void recording_head(uint8_t head[RECORDING_HEAD], uint64_t start, uint64_t size)
{
    memcpy(head, RECORDING_MAGIC, 8);
    bytes_store(head + 8, 4, RECORDING_VERSION, true);
    bytes_store(head + 12, 4, 0, true);
    bytes_store(head + 16, 8, start, true);
    bytes_store(head + 24, 8, size, true);
}

#endif
