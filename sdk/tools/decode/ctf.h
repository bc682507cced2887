// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The layout that metadata and streams of the Common Trace Format share. Everything is little-endian
// and packed: integers are aligned to one byte.

#ifndef SEPTUM_TOOL_CTF_H
#define SEPTUM_TOOL_CTF_H

#include <stdint.h>

#define CTF_MAGIC 0xc1fc1fc1u

/// A packet's header and context: magic, stream, instance, begin, end, content, size, discarded.
#define CTF_PACKET_BYTES (4u + 4u + 8u + 8u + 8u + 8u + 8u + 8u)
/// An event's header and context: id, time, processor, vCPU, partition, number.
#define CTF_EVENT_BYTES (2u + 8u + 1u + 1u + 4u + 4u)

#endif
