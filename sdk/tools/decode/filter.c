// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Filters from the command line.

#include "decode/filter.h"

#include <stdio.h>
#include <string.h>

#include <septum/log.h>

#include "base/suggest.h"
#include "base/units.h"
#include "decode/words.h"
#include "image/fail.h"

static bool read_time(const char *command, const char *option, const char *text, uint64_t *value)
{
    if (text != NULL && units_time(text, value) != UNITS_OK) {
        (void)fail_usage(command, "%s wants a time with its unit, such as 20ms, not '%s'", option,
                         text);
        return false;
    }
    return true;
}

static bool read_class(const char *command, const char *text, struct filter *filter)
{
    struct pool *pool = pool_new();
    struct suggest suggest = suggest_begin(text);
    const char *all = "";
    bool found = false;

    for (uint32_t i = 0; words_class(i) != NULL; i++) {
        suggest_word(&suggest, words_class(i));
        all = pool_printf(pool, "%s%s%s", all, i == 0u ? "" : ", ", words_class(i));
        if (strcmp(words_class(i), text) == 0) {
            filter->classes |= 1u << i;
            found = true;
        }
    }
    if (!found) {
        (void)fail_usage(command, "unknown class '%s'; %s", text,
                         suggest_text(&suggest, pool, pool_printf(pool, "classes are %s", all)));
    }
    pool_free(pool);
    return found;
}

bool filter_words(const char *command, const struct filter_request *request, struct filter *filter)
{
    *filter = (struct filter){.to = UINT64_MAX};
    for (size_t i = 0; i < request->classes.count; i++) {
        if (!read_class(command, request->classes.items[i], filter)) {
            return false;
        }
    }
    if (!read_time(command, "--from", request->from, &filter->from) ||
        !read_time(command, "--to", request->to, &filter->to)) {
        return false;
    }
    if (filter->from > filter->to) {
        (void)fail_usage(command, "--from %s is later than --to %s", request->from, request->to);
        return false;
    }
    return true;
}

/// The number of a partition by its name, or by the number itself where no names are known.
static bool find(const struct dump *d, const char *name, uint32_t *number, struct suggest *suggest)
{
    uint64_t value;

    suggest_word(suggest, "hypervisor");
    *number = SEP_LOG_HYPERVISOR;
    if (strcmp(name, "hypervisor") == 0) {
        return true;
    }
    for (uint32_t i = 0; d->configured && i < d->cfg.partition_count; i++) {
        suggest_word(suggest, dump_partition(d, i));
        if (strcmp(dump_partition(d, i), name) == 0) {
            *number = i;
            return true;
        }
    }
    *number = 0;
    if (units_count(name, &value) != UNITS_OK || value > UINT32_MAX ||
        !dump_has_partition(d, (uint32_t)value)) {
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

bool filter_partitions(const struct dump *dump, const struct filter_request *request,
                       struct filter *filter, char error[DUMP_ERROR_MAX])
{
    for (size_t i = 0; i < request->partitions.count; i++) {
        const char *name = request->partitions.items[i];
        struct suggest suggest = suggest_begin(name);

        if (!find(dump, name, &filter->partitions[filter->partition_count++], &suggest)) {
            (void)snprintf(error, DUMP_ERROR_MAX, "there is no partition '%s'; %s", name,
                           suggest_text(&suggest, dump->pool,
                                        dump->configured
                                            ? "septum report names them"
                                            : "names are not known without a configuration, "
                                              "give a number"));
            return false;
        }
    }
    return true;
}

bool filter_partition(const struct filter *filter, uint32_t partition)
{
    for (size_t i = 0; i < filter->partition_count; i++) {
        if (filter->partitions[i] == partition) {
            return true;
        }
    }
    return filter->partition_count == 0u;
}
