// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Attributes of an element as typed values. What cannot be read is reported and marked; a missing
// attribute is silent here, the shape has reported it.

#ifndef SEPTUM_TOOL_READER_H
#define SEPTUM_TOOL_READER_H

#include <libxml/tree.h>

#include "model/board.h"

struct reader {
    struct pool *pool;
    struct diags *diags;
    const struct board *board; ///< NULL: regions cannot be looked up
};

struct text {
    const char *text; ///< "" when missing
    unsigned line;
    bool given;
};

struct num {
    uint64_t value;
    unsigned line;
    bool given;
    bool ok; ///< given, and a number in range
};

enum zero { ZERO_ALLOWED, ZERO_FORBIDDEN };

#define TIME_MAX (3600ull * 1000000000ull)
#define SIZE_MAX_BYTES (1ull << 40)
#define ADDRESS_MAX ((1ull << 52) - 1u)

struct text read_text(const struct reader *r, xmlNode *node, const char *name);
/// A name of at most 31 characters A-Z a-z 0-9 _ . -
struct text read_name(const struct reader *r, xmlNode *node, const char *name);
/// Whether a text is such a name.
bool name_ok(const char *name);
/// A path, which is not empty; an empty one is reported under the given rule and not `given`.
struct text read_path(const struct reader *r, xmlNode *node, const char *name, enum rule rule);
struct num read_size(const struct reader *r, xmlNode *node, const char *name, enum zero zero);
struct num read_time(const struct reader *r, xmlNode *node, const char *name, enum zero zero);
struct num read_count(const struct reader *r, xmlNode *node, const char *name, uint64_t max);
/// Hexadecimal, or a region of the board with or without an offset.
struct num read_address(const struct reader *r, xmlNode *node, const char *name);
bool read_yes(const struct reader *r, xmlNode *node, const char *name, bool otherwise);
/// Index of the attribute's value in a list of words ended by NULL; -1 after reporting.
int read_word(const struct reader *r, xmlNode *node, const char *name, const char *const *words);
/// The same for a list of words separated by blanks: a set of bits.
unsigned read_words(const struct reader *r, xmlNode *node, const char *name,
                    const char *const *words);

/// The element VirtualDevices of a board's description.
void board_virtual_read(const struct reader *r, struct board *board, xmlNode *node);

/// A value for an attribute that was not given.
struct num num_or(struct num num, uint64_t otherwise);

#endif
