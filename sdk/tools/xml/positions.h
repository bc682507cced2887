// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The line of every start tag and attribute of an XML text, which libxml2 does not keep.

#ifndef SEPTUM_TOOL_POSITIONS_H
#define SEPTUM_TOOL_POSITIONS_H

#include <libxml/tree.h>

#include "base/pool.h"

struct tag_attribute {
    const char *name;
    unsigned line;
    size_t value, value_end; ///< offsets of what stands between the quotes
};

/// One start tag; a node's _private points at its own.
struct tag {
    const char *name; ///< without prefix
    unsigned line;
    struct tag_attribute *attributes;
    size_t count;
    size_t begin, end; ///< offsets of the start tag: of '<', and behind '>'
    size_t close;      ///< offset of the element's end tag; `end` when it has none
};

/// Every start tag of a text, in its order.
struct tag *positions_scan(struct pool *pool, const char *text, size_t size, size_t *count);

/// Scans text and ties every element of doc to its start tag.
void positions_attach(struct pool *pool, const char *text, size_t size, xmlDoc *doc);

/// Line on which an element begins.
unsigned position_of(const xmlNode *node);

/// Line of an attribute's name; of its element when it has no such attribute.
unsigned position_of_attribute(const xmlNode *node, const char *name);

/// Notes that an attribute was given a new name.
void position_rename(xmlNode *node, const char *from, const char *to);

#endif
