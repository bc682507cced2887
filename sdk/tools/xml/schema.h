// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The shape of descriptions, as the embedded XSDs say it.

#ifndef SEPTUM_TOOL_SCHEMA_H
#define SEPTUM_TOOL_SCHEMA_H

#include <libxml/tree.h>

#include "base/diag.h"

enum schema_kind { SCHEMA_SYSTEM, SCHEMA_BOARD, SCHEMA_COUNT };

/// The XSD itself.
const char *schema_text(enum schema_kind kind);

/// The XSD as a tree.
xmlDoc *schema_tree(enum schema_kind kind);

/// Reports unknown elements and attributes and missing attributes, all of them, and mends the tree:
/// what was misspelled gets the name that was meant, what is unknown is removed. False: the root is
/// another file's.
bool shape_check(struct diags *diags, xmlDoc *doc, enum schema_kind kind);

/// Validates the mended tree with libxml2 and reports what nobody has reported yet: wrong places
/// and numbers of elements, stray text.
void schema_validate(struct diags *diags, xmlDoc *doc, enum schema_kind kind);

/// Releases what was cached.
void schema_release(void);

#endif
