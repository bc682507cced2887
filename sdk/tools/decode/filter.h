// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What of a recording is wanted: partitions, classes of events, a span of time.

#ifndef SEPTUM_TOOL_FILTER_H
#define SEPTUM_TOOL_FILTER_H

#include "base/options.h"
#include "decode/dump.h"

struct filter {
    uint32_t partitions[64]; ///< SEP_LOG_HYPERVISOR: the hypervisor
    size_t partition_count;  ///< 0: all
    uint32_t classes;        ///< enum sep_trace_class; 0: all
    uint64_t from, to;       ///< ns, both included
};

/// As given on the command line; texts are NULL where an option was not given.
struct filter_request {
    struct option_list partitions;
    struct option_list classes;
    const char *from;
    const char *to;
};

/// Reads classes and times. False with what is wrong on stderr: the command line makes no sense.
bool filter_words(const char *command, const struct filter_request *request, struct filter *filter);

/// Finds the partitions. False with what is wrong in `error`.
bool filter_partitions(const struct dump *dump, const struct filter_request *request,
                       struct filter *filter, char error[DUMP_ERROR_MAX]);

/// Whether a partition, or SEP_LOG_HYPERVISOR, is wanted.
bool filter_partition(const struct filter *filter, uint32_t partition);

/// Whether a class is wanted.
static inline bool filter_class(const struct filter *filter, uint32_t class)
{
    return filter->classes == 0u || (filter->classes & class) != 0u;
}

/// Whether any of [start, end] is wanted.
static inline bool filter_time(const struct filter *filter, uint64_t start, uint64_t end)
{
    return start <= filter->to && end >= filter->from;
}

#endif
