// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What is in a system image or a compiled configuration.

#ifndef SEPTUM_TOOL_LIST_H
#define SEPTUM_TOOL_LIST_H

#include <stdio.h>

#include "image/system.h"

/// Prints for people.
void list_text(const struct system_image *system, FILE *out);

/// Prints for programs (schema/list.schema.json).
void list_json(const struct system_image *system, FILE *out);

/// "intact", "damaged" or, when the bytes are not in the file, "absent".
const char *list_blob_state(const struct system_image *system, const struct sep_cfg_blob *blob);

/// Word for a blob's kind.
const char *list_blob_kind(const struct sep_cfg_blob *blob);

/// Which resets a partition's flags allow, as in a description: "any", "cold" or "none".
const char *list_resets(uint32_t flags);

/// Rights and kinds of an area as short words: "rwx shared".
#define LIST_RIGHTS_MAX 48u
void list_rights(uint32_t flags, char text[LIST_RIGHTS_MAX]);

#endif
