// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Windows between two addresses, and addresses that are logged.

#include "count.h"

#include <inttypes.h>
#include <string.h>

#define WINDOWS_MAX 64

static struct window {
    char name[NAME_MAX_BYTES];
    uint64_t first, last;
    uint64_t opened;
    bool open, log, cut, mark, profiled;
    struct spread spread;
} windows[WINDOWS_MAX];
static unsigned window_count;

bool watch_profiling;

// What an instruction does to a window; its address is the data of the callback.
static struct end {
    struct window *window;
    bool closes;
} ends[WINDOWS_MAX][2];

static bool add(const char *text, bool log)
{
    struct window *w = &windows[window_count];

    if (window_count == WINDOWS_MAX || !parse_range(text, w->name, &w->first, &w->last)) {
        return false;
    }
    w->log = log;
    ends[window_count][0] = (struct end){w, false};
    ends[window_count][1] = (struct end){w, true};
    window_count++;
    return true;
}

bool watch_add_window(const char *text)
{
    return strchr(text, '-') != NULL && add(text, false);
}

bool watch_add_log(const char *text)
{
    return strchr(text, '-') == NULL && add(text, true);
}

bool watch_add_cut(const char *text)
{
    if (!watch_add_log(text)) {
        return false;
    }
    windows[window_count - 1u].cut = true;
    return true;
}

bool watch_add_mark(const char *text)
{
    if (!watch_add_log(text)) {
        return false;
    }
    windows[window_count - 1u].mark = true;
    return true;
}

bool watch_profile(const char *name)
{
    for (unsigned i = 0; i < window_count; i++) {
        if (strcmp(windows[i].name, name) == 0) {
            windows[i].profiled = true;
            return true;
        }
    }
    return false;
}

unsigned watch_find(uint64_t address, void **data, unsigned max)
{
    unsigned found = 0;

    for (unsigned i = 0; i < window_count && found + 2u <= max; i++) {
        if (windows[i].last == address && !windows[i].log) {
            data[found++] = &ends[i][1];
        }
        if (windows[i].first == address) {
            data[found++] = &ends[i][0];
        }
    }
    return found;
}

void watch_hit(unsigned vcpu, void *data)
{
    const struct end *end = data;
    struct window *w = end->window;

    (void)vcpu;
    if (w->cut) {
        domain_cut(w->first);
    } else if (w->mark) {
        domain_mark(w->first);
    } else if (w->log) {
        log_event("log", w->name, count_total, 0, 0);
    } else if (!end->closes) {
        w->open = true;
        w->opened = count_total;
    } else if (w->open) {
        w->open = false;
        spread_add(&w->spread, count_total - w->opened);
    }
    if (w->profiled) {
        watch_profiling = w->open;
    }
}

void watch_print(void)
{
    for (unsigned i = 0; i < window_count; i++) {
        if (!windows[i].log) {
            fprintf(count_out, "win %s ", windows[i].name);
            spread_print(&windows[i].spread);
        }
    }
}
