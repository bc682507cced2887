// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of a logbook: loading one, and telling whether it makes sense.

#ifndef SEPTUM_TOOL_RECORD_H
#define SEPTUM_TOOL_RECORD_H

#include "decode/logbook.h"
#include "decode/recording.h"

/// No time is later: 2^62 ns are 146 years.
#define RECORD_TIME_MAX (((uint64_t)1 << 62) - 1u)

/// Bytes of a register in the health monitor's records, 4 or 8; anything else: no such records.
uint32_t record_word(const struct sep_log *head);

/// Whether the place of a number in the ring holds the record of that number, with known events, a
/// partition that can be and a time that can be.
bool record_sound(const struct dump *dump, const struct logbooks *books, const struct logbook *book,
                  uint32_t number);

#endif
