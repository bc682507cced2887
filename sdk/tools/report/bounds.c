// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A reader of the little JSON that a file of bounds needs: objects, texts without escapes and whole
// numbers are understood, everything else is skipped or refused.

#include "report/bounds.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/fail.h"
#include "image/filedata.h"

/// Where the reader is; the text ends with a zero.
struct cursor {
    const char *at;
    bool bad;
};

static void skip_space(struct cursor *c)
{
    while (isspace((unsigned char)*c->at)) {
        c->at++;
    }
}

/// Takes one character if it comes next.
static bool take(struct cursor *c, char what)
{
    skip_space(c);
    if (*c->at != what) {
        return false;
    }
    c->at++;
    return true;
}

static void need(struct cursor *c, char what)
{
    c->bad = !take(c, what) || c->bad;
}

static void read_text(struct cursor *c, char text[BOUND_TEXT_MAX])
{
    size_t length = 0;

    need(c, '"');
    while (*c->at != '\0' && *c->at != '"') {
        c->bad = c->bad || *c->at == '\\' || length == BOUND_TEXT_MAX - 1u;
        if (c->bad) {
            return;
        }
        text[length++] = *c->at++;
    }
    text[length] = '\0';
    need(c, '"');
}

static uint64_t read_number(struct cursor *c)
{
    char *end = NULL;

    skip_space(c);
    c->bad = c->bad || !isdigit((unsigned char)*c->at);
    uint64_t value = strtoull(c->at, &end, 10);

    c->at = end;
    return value;
}

/// Skips any value, brackets counted.
static void skip_value(struct cursor *c)
{
    char ignored[BOUND_TEXT_MAX];
    unsigned depth = 0;

    do {
        skip_space(c);
        if (*c->at == '"') {
            read_text(c, ignored);
        } else if (*c->at != '\0') {
            depth += *c->at == '{' || *c->at == '[' ? 1u : 0u;
            depth -= (*c->at == '}' || *c->at == ']') && depth != 0u ? 1u : 0u;
            c->at++;
        }
        skip_space(c);
        c->bad = c->bad || *c->at == '\0';
    } while (!c->bad && (depth != 0u || (*c->at != ',' && *c->at != '}')));
}

static void read_bound(struct cursor *c, struct bound *bound)
{
    char key[BOUND_TEXT_MAX] = "";

    need(c, '{');
    do {
        read_text(c, key);
        need(c, ':');
        if (strcmp(key, "value") == 0) {
            bound->value = read_number(c);
            bound->measured = true;
        } else if (strcmp(key, "unit") == 0) {
            read_text(c, bound->unit);
        } else if (strcmp(key, "where") == 0) {
            read_text(c, bound->where);
        } else {
            skip_value(c);
        }
    } while (!c->bad && take(c, ','));
    need(c, '}');
}

static void read_bounds(struct cursor *c, const char *name, struct bound *bound)
{
    char key[BOUND_TEXT_MAX] = "";

    need(c, '{');
    do {
        read_text(c, key);
        need(c, ':');
        if (strcmp(key, name) == 0) {
            read_bound(c, bound);
        } else {
            skip_value(c);
        }
    } while (!c->bad && take(c, ','));
    need(c, '}');
}

bool bounds_read(const char *path, const char *name, struct bound *bound)
{
    struct filedata file;

    memset(bound, 0, sizeof(*bound));
    if (!filedata_read(path, &file)) {
        return false;
    }
    char *text = calloc(1, file.size + 1u);
    struct cursor cursor = {text, text == NULL};

    if (text != NULL) {
        memcpy(text, file.bytes, file.size);
        read_bounds(&cursor, name, bound);
    }
    free(text);
    filedata_free(&file);
    return !cursor.bad || fail(path, "SEP9050", "is not a file of bounds");
}
