// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The line of every start tag and attribute: a scanner over the text beside libxml2's own, which
// keeps only the line on which a start tag ends. Both see the same start tags in the same order.

#include "xml/positions.h"

#include <stdbool.h>
#include <string.h>

struct scan {
    struct pool *pool;
    const char *text;
    const char *at;
    const char *end;
    unsigned line;
    struct tag *tags;
    size_t count;
    size_t *open; ///< tags whose end tag has not come
    size_t open_count;
};

static size_t offset(const struct scan *s)
{
    return (size_t)(s->at - s->text);
}

static bool looking_at(const struct scan *s, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(s->end - s->at) >= n && memcmp(s->at, word, n) == 0;
}

static void step(struct scan *s)
{
    if (*s->at == '\n') {
        s->line++;
    }
    s->at++;
}

// Moves behind the next occurrence of word.
static void skip_past(struct scan *s, const char *word)
{
    while (s->at < s->end && !looking_at(s, word)) {
        step(s);
    }
    s->at += s->at < s->end ? strlen(word) : 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_space(struct scan *s)
{
    while (s->at < s->end && is_space(*s->at)) {
        step(s);
    }
}

// A name, with its prefix cut off.
static const char *name(struct scan *s)
{
    const char *start = s->at;

    while (s->at < s->end && !is_space(*s->at) && strchr("=/>\"'<", *s->at) == NULL) {
        if (*s->at++ == ':') {
            start = s->at;
        }
    }
    return pool_copy(s->pool, start, (size_t)(s->at - start));
}

static void attribute(struct scan *s, struct tag *tag)
{
    struct tag_attribute *attribute = POOL_PUSH(s->pool, tag->attributes, tag->count);

    attribute->line = s->line;
    attribute->name = name(s);
    skip_space(s);
    if (s->at < s->end && *s->at == '=') {
        s->at++;
        skip_space(s);
    }
    if (s->at < s->end && (*s->at == '"' || *s->at == '\'')) {
        const char quote[2] = {*s->at++, '\0'};

        attribute->value = offset(s);
        skip_past(s, quote);
        attribute->value_end = offset(s) - 1;
    }
}

static void start_tag(struct scan *s)
{
    struct tag tag = {.line = s->line, .begin = offset(s)};

    s->at++;
    tag.name = name(s);
    skip_space(s);
    while (s->at < s->end && *s->at != '>' && *s->at != '<') {
        const char *before = s->at;

        attribute(s, &tag);
        s->at += s->at == before ? 1 : 0; // a slash, or something that is no attribute
        skip_space(s);
    }
    tag.end = tag.close = offset(s) + (s->at < s->end && *s->at == '>' ? 1u : 0u);
    if (s->at > s->text && s->at[-1] != '/') {
        *POOL_PUSH(s->pool, s->open, s->open_count) = s->count;
    }
    *POOL_PUSH(s->pool, s->tags, s->count) = tag;
}

static void end_tag(struct scan *s)
{
    if (s->open_count != 0) {
        s->tags[s->open[--s->open_count]].close = offset(s);
    }
    skip_past(s, ">");
}

static void scan(struct scan *s)
{
    while (s->at < s->end) {
        if (looking_at(s, "<!--")) {
            skip_past(s, "-->");
        } else if (looking_at(s, "<![CDATA[")) {
            skip_past(s, "]]>");
        } else if (looking_at(s, "<?")) {
            skip_past(s, "?>");
        } else if (looking_at(s, "</")) {
            end_tag(s);
        } else if (looking_at(s, "<!")) {
            skip_past(s, ">");
        } else if (*s->at == '<') {
            start_tag(s);
        } else {
            step(s);
        }
    }
}

static xmlNode *following(xmlNode *node)
{
    if (node->children != NULL && node->type == XML_ELEMENT_NODE) {
        return node->children;
    }
    while (node != NULL && node->type != XML_DOCUMENT_NODE && node->next == NULL) {
        node = node->parent;
    }
    return node == NULL || node->type == XML_DOCUMENT_NODE ? NULL : node->next;
}

struct tag *positions_scan(struct pool *pool, const char *text, size_t size, size_t *count)
{
    struct scan s = {.pool = pool, .text = text, .at = text, .end = text + size, .line = 1};

    scan(&s);
    *count = s.count;
    return s.tags;
}

void positions_attach(struct pool *pool, const char *text, size_t size, xmlDoc *doc)
{
    struct scan s = {.pool = pool};
    size_t next = 0;

    s.tags = positions_scan(pool, text, size, &s.count);
    for (xmlNode *node = doc->children; node != NULL; node = following(node)) {
        size_t i = next;

        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        // Equal at once in a well-formed text; in a broken one libxml2 may have left tags out.
        while (i < s.count && i < next + 16 &&
               strcmp(s.tags[i].name, (const char *)node->name) != 0) {
            i++;
        }
        if (i < s.count && i < next + 16) {
            node->_private = &s.tags[i];
            next = i + 1;
        }
    }
}

unsigned position_of(const xmlNode *node)
{
    const struct tag *tag = node->_private;

    return tag != NULL ? tag->line : (unsigned)xmlGetLineNo(node);
}

unsigned position_of_attribute(const xmlNode *node, const char *attribute_name)
{
    const struct tag *tag = node->_private;

    for (size_t i = 0; tag != NULL && i < tag->count; i++) {
        if (strcmp(tag->attributes[i].name, attribute_name) == 0) {
            return tag->attributes[i].line;
        }
    }
    return position_of(node);
}

void position_rename(xmlNode *node, const char *from, const char *to)
{
    struct tag *tag = node->_private;

    for (size_t i = 0; tag != NULL && i < tag->count; i++) {
        if (strcmp(tag->attributes[i].name, from) == 0) {
            tag->attributes[i].name = to;
            return;
        }
    }
}
