// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace of a description: the hypervisor's or a partition's.

#include "model/system.h"

#include <septum/log.h>

#include "xml/positions.h"

// In the order of the bits.
static const char *const class_words[] = {
#define CLASS_WORD(bit, name, word) [bit] = (word),
    SEP_TRACE_CLASS_LIST(CLASS_WORD)
#undef CLASS_WORD
        NULL,
};

struct sys_trace trace_read(const struct reader *r, xmlNode *node)
{
    struct sys_trace trace = {.line = position_of(node)};

    trace.mask = read_words(r, node, "events", class_words);
    trace.records = num_or(read_count(r, node, "records", UINT32_MAX), TRACE_DEFAULT);
    return trace;
}
