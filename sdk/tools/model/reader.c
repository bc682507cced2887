// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Attributes of an element as typed values.

#include "model/reader.h"

#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"
#include "base/units.h"
#include "xml/positions.h"

struct kind {
    const char *what;
    const char *examples; ///< of a right value
    const char *units;
    enum units_fault (*parse)(const char *text, uint64_t *value);
};

static const struct kind kind_size = {"a size", "64B, 64KiB, 64MiB or 0x10000", "B, KiB, MiB, GiB",
                                      units_size};
static const struct kind kind_time = {"a time", "10ms, 500us or 1s", "ns, us, ms, s", units_time};
static const struct kind kind_count = {"a number", "3 or 0x3", "", units_count};

struct text read_text(const struct reader *r, xmlNode *node, const char *name)
{
    struct text text = {"", position_of_attribute(node, name), false};
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);

    if (value != NULL) {
        text.text = pool_copy(r->pool, (const char *)value, strlen((const char *)value));
        text.given = true;
        xmlFree(value);
    }
    return text;
}

bool name_ok(const char *name)
{
    const char *allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    size_t length = strlen(name);

    return length >= 1 && length <= 31 && strspn(name, allowed) == length && name[0] != '.' &&
           name[0] != '-';
}

struct text read_name(const struct reader *r, xmlNode *node, const char *name)
{
    struct text text = read_text(r, node, name);

    if (text.given && !name_ok(text.text)) {
        diag_add(r->diags, RULE_NAME_BAD, text.line,
                 "%s '%.40s' of '%s' is not a name" MEND
                 "use 1 to 31 of the characters A-Z a-z 0-9 _ . - and begin with none of . -",
                 name, text.text, node->name);
    }
    return text;
}

struct text read_path(const struct reader *r, xmlNode *node, const char *name, enum rule rule)
{
    struct text text = read_text(r, node, name);

    if (text.given && text.text[0] == '\0') {
        diag_add(r->diags, rule, text.line, "%s of '%s' is empty" MEND "write the path of a file",
                 name, node->name);
        text.given = false;
    }
    return text;
}

static void report(const struct reader *r, const struct kind *kind, enum units_fault fault,
                   const xmlNode *node, const char *name, struct text text)
{
    const char *owner = (const char *)node->name;

    switch (fault) {
    case UNITS_NEGATIVE:
        diag_add(r->diags, RULE_VALUE_NEGATIVE, text.line,
                 "%s '%s' of '%s' is negative" MEND "write %s without a sign", name, text.text,
                 owner, kind->what);
        break;
    case UNITS_MISSING:
        diag_add(r->diags, RULE_VALUE_UNIT, text.line,
                 "%s '%s' of '%s' has no unit" MEND "add one of %s", name, text.text, owner,
                 kind->units);
        break;
    case UNITS_UNKNOWN:
        diag_add(r->diags, RULE_VALUE_UNIT, text.line,
                 "%s '%s' of '%s' has an unknown unit" MEND "units are %s", name, text.text, owner,
                 kind->units);
        break;
    case UNITS_OVERFLOW:
        diag_add(r->diags, RULE_VALUE_HUGE, text.line,
                 "%s '%s' of '%s' is too large" MEND "it does not even fit into 64 bits", name,
                 text.text, owner);
        break;
    default:
        diag_add(r->diags, RULE_VALUE_SYNTAX, text.line,
                 "%s '%s' of '%s' is not %s" MEND "write it as %s", name, text.text, owner,
                 kind->what, kind->examples);
        break;
    }
}

static struct num number(const struct reader *r, const struct kind *kind, xmlNode *node,
                         const char *name)
{
    struct text text = read_text(r, node, name);
    struct num num = {0, text.line, text.given, false};
    enum units_fault fault;

    if (!text.given) {
        return num;
    }
    fault = kind->parse(text.text, &num.value);
    num.ok = fault == UNITS_OK;
    if (!num.ok) {
        report(r, kind, fault, node, name, text);
    }
    return num;
}

static struct num limit(const struct reader *r, xmlNode *node, const char *name, struct num num,
                        enum zero zero, uint64_t max, const char *max_text)
{
    if (num.ok && num.value == 0 && zero == ZERO_FORBIDDEN) {
        diag_add(r->diags, RULE_VALUE_ZERO, num.line, "%s of '%s' is zero" MEND "it must be larger",
                 name, node->name);
        num.ok = false;
    } else if (num.ok && num.value > max) {
        diag_add(r->diags, RULE_VALUE_HUGE, num.line,
                 "%s '%s' of '%s' is too large" MEND "at most %s is allowed", name,
                 read_text(r, node, name).text, node->name, max_text);
        num.ok = false;
    }
    return num;
}

struct num read_size(const struct reader *r, xmlNode *node, const char *name, enum zero zero)
{
    return limit(r, node, name, number(r, &kind_size, node, name), zero, SIZE_MAX_BYTES,
                 units_print_size(r->pool, SIZE_MAX_BYTES));
}

struct num read_time(const struct reader *r, xmlNode *node, const char *name, enum zero zero)
{
    return limit(r, node, name, number(r, &kind_time, node, name), zero, TIME_MAX,
                 units_print_time(r->pool, TIME_MAX));
}

struct num read_count(const struct reader *r, xmlNode *node, const char *name, uint64_t max)
{
    return limit(r, node, name, number(r, &kind_count, node, name), ZERO_ALLOWED, max,
                 pool_printf(r->pool, "%" PRIu64, max));
}

static const struct region *region_named(const struct reader *r, const char *name, size_t length,
                                         struct suggest *suggest)
{
    for (size_t i = 0; i < r->board->region_count; i++) {
        const struct region *region = &r->board->regions[i];

        if (strlen(region->name) == length && strncmp(region->name, name, length) == 0) {
            return region;
        }
        suggest_word(suggest, region->name);
    }
    return NULL;
}

// An address that begins with a region's name.
static struct num region_address(const struct reader *r, xmlNode *node, const char *name,
                                 struct text text)
{
    struct num num = {0, text.line, true, false};
    size_t length = strcspn(text.text, "+");
    const char *word = pool_copy(r->pool, text.text, length);
    struct suggest suggest = suggest_begin(word);
    const struct region *region = region_named(r, word, length, &suggest);
    enum units_fault fault = UNITS_OK;

    if (region == NULL) {
        diag_add(r->diags, RULE_REGION_UNKNOWN, text.line,
                 "%s '%s' of '%s' names no memory region of board '%s'" MEND "%s", name, text.text,
                 node->name, r->board->name,
                 suggest_text(&suggest, r->pool, "write 0x..., or a region of the board"));
        return num;
    }
    if (text.text[length] == '+') {
        fault = units_size(text.text + length + 1, &num.value);
    }
    if (fault == UNITS_OK && __builtin_add_overflow(num.value, region->start, &num.value)) {
        fault = UNITS_OVERFLOW;
    }
    num.ok = fault == UNITS_OK;
    if (!num.ok) {
        report(r, &kind_size, fault, node, name, text);
    }
    return num;
}

struct num read_address(const struct reader *r, xmlNode *node, const char *name)
{
    static const struct kind kind = {"an address", "0x40100000, a region, or a region+1MiB",
                                     "B, KiB, MiB, GiB", units_count};
    struct text text = read_text(r, node, name);
    struct num num = {0, text.line, text.given, false};
    bool word = text.text[0] != '\0' && strchr("0123456789-+ ", text.text[0]) == NULL;
    enum units_fault fault = UNITS_SYNTAX;

    if (!text.given || (word && r->board == NULL)) {
        return num;
    }
    if (word) {
        num = region_address(r, node, name, text);
    } else {
        if (text.text[0] == '-' || (text.text[0] == '0' && strchr("xX", text.text[1]) != NULL)) {
            fault = units_count(text.text, &num.value);
        }
        num.ok = fault == UNITS_OK && text.text[1] != '\0';
        if (!num.ok) {
            report(r, &kind, fault, node, name, text);
        }
    }
    return limit(r, node, name, num, ZERO_ALLOWED, ADDRESS_MAX,
                 pool_printf(r->pool, "0x%" PRIx64, (uint64_t)ADDRESS_MAX));
}

struct num num_or(struct num num, uint64_t otherwise)
{
    if (!num.given) {
        num.value = otherwise;
        num.ok = true;
    }
    return num;
}
