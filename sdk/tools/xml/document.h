// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An XML text as a tree whose nodes know their lines.

#ifndef SEPTUM_TOOL_DOCUMENT_H
#define SEPTUM_TOOL_DOCUMENT_H

#include <libxml/tree.h>

#include "base/diag.h"
#include "base/file.h"

/// Parses text. A syntax error is reported and diags->lost set; the tree then ends where the
/// parser lost its way. NULL: there is no tree worth looking at. Freed with xmlFreeDoc().
xmlDoc *document_parse(struct diags *diags, struct bytes text);

/// The next element among a node and its following siblings, NULL behind the last.
xmlNode *document_element(xmlNode *node);

/// Element's children one by one: for (c = document_first(n); c; c = document_next(c)).
xmlNode *document_first(const xmlNode *parent);
xmlNode *document_next(const xmlNode *node);

bool document_is(const xmlNode *node, const char *name);

#endif
