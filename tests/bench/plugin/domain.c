// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Excursions into the hypervisor: from which partition, by which entry, to which partition, and how
// many instructions long.

#include "count.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DOMAINS_MAX 24
#define EXCURSIONS_MAX 512
#define UNDOS_MAX 32
#define SECTIONS_MAX 512

static struct domain {
    char name[NAME_MAX_BYTES];
    uint64_t first, last;
    bool hypervisor;
} domains[DOMAINS_MAX] = {{.name = "other"}};
static unsigned domain_count = 1;

static struct excursion {
    unsigned from, to;
    uint64_t entry;
    struct spread spread;
} excursions[EXCURSIONS_MAX];
static unsigned excursion_count;

static uint64_t undos[UNDOS_MAX];
static unsigned undo_count;

static unsigned current;
static unsigned from;       // domain before the hypervisor was entered
static uint64_t entry;      // first address in the hypervisor
static uint64_t entered_at; // count then
static bool logging;
/// Stretches of the hypervisor's in which no interrupt could be taken, by where they begin: the
/// longest of each.
static struct section {
    uint64_t first, last;
    uint64_t longest;
} sections[SECTIONS_MAX];
static unsigned section_count;
static struct {
    bool begun; // some partition has run
    uint64_t count, address;
} running;
static struct {
    char from[NAME_MAX_BYTES], to[NAME_MAX_BYTES];
    uint64_t least, most;
} profiled;

bool domain_add(const char *text, bool hypervisor)
{
    struct domain *d = &domains[domain_count];

    if (domain_count == DOMAINS_MAX || !parse_range(text, d->name, &d->first, &d->last)) {
        return false;
    }
    d->hypervisor = hypervisor;
    domain_count++;
    return true;
}

unsigned domain_of(uint64_t address)
{
    for (unsigned i = 1; i < domain_count; i++) {
        if (address >= domains[i].first && address < domains[i].last) {
            return i;
        }
    }
    return 0;
}

bool domain_is_hypervisor(unsigned domain)
{
    return domains[domain].hypervisor;
}

bool domain_add_undo(const char *text)
{
    char *end = NULL;

    if (undo_count == UNDOS_MAX) {
        return false;
    }
    undos[undo_count++] = strtoull(text, &end, 0);
    return *end == '\0';
}

bool domain_undoes(uint64_t address)
{
    for (unsigned i = 0; i < undo_count; i++) {
        if (undos[i] == address) {
            return true;
        }
    }
    return false;
}

bool domain_profile(const char *text)
{
    return sscanf(text, "%47[^>]>%47[^<]<%" SCNu64 "-%" SCNu64, profiled.from, profiled.to,
                  &profiled.least, &profiled.most) == 4;
}

void domain_log(void)
{
    logging = true;
}

static struct spread *find(unsigned to)
{
    struct excursion *e = excursions;

    for (; e < excursions + excursion_count; e++) {
        if (e->from == from && e->to == to && e->entry == entry) {
            return &e->spread;
        }
    }
    if (excursion_count == EXCURSIONS_MAX) {
        e--;
    } else {
        excursion_count++;
    }
    e->from = from;
    e->to = to;
    e->entry = entry;
    return &e->spread;
}

static void section_begin(uint64_t address)
{
    running.count = count_total;
    running.address = address;
}

static struct section *find_section(uint64_t first)
{
    struct section *s = sections;

    while (s < sections + section_count && s->first != first) {
        s++;
    }
    if (s == sections + section_count && section_count < SECTIONS_MAX) {
        s->first = first;
        section_count++;
    }
    return s < sections + SECTIONS_MAX ? s : s - 1;
}

static void section_end(uint64_t address)
{
    uint64_t length = count_total - running.count;
    struct section *s = find_section(running.address);

    if (running.begun && length > s->longest) {
        s->longest = length;
        s->last = address;
    }
}

void domain_cut(uint64_t address)
{
    section_end(address);
    section_begin(address);
}

void domain_mark(uint64_t address)
{
    entry = address;
    running.address = address;
}

static enum domain_verdict leave(unsigned domain)
{
    uint64_t length = count_total - entered_at;
    bool keep = length >= profiled.least && length <= profiled.most &&
                strcmp(domains[from].name, profiled.from) == 0 &&
                strcmp(domains[domain].name, profiled.to) == 0;

    spread_add(find(domain), length);
    if (logging) {
        log_event(domains[from].name, domains[domain].name, count_total, entry, length);
    }
    return keep ? DOMAIN_KEEP : DOMAIN_DROP;
}

enum domain_verdict domain_enter(unsigned domain, uint64_t address)
{
    enum domain_verdict verdict = DOMAIN_GOES_ON;

    if (domain == current) {
        return verdict;
    }
    if (domains[domain].hypervisor) {
        from = current;
        entry = address;
        entered_at = count_total;
        section_begin(address);
    } else if (domains[current].hypervisor) {
        section_end(address);
        running.begun = true;
        verdict = leave(domain);
    }
    current = domain;
    return verdict;
}

void domain_print(void)
{
    for (const struct section *s = sections; s < sections + section_count; s++) {
        fprintf(count_out, "sec %" PRIu64 " %" PRIx64 " %" PRIx64 "\n", s->longest, s->first,
                s->last);
    }
    for (const struct excursion *e = excursions; e < excursions + excursion_count; e++) {
        fprintf(count_out, "exc %s %" PRIx64 " %s ", domains[e->from].name, e->entry,
                domains[e->to].name);
        spread_print(&e->spread);
    }
}
