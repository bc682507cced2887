// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes JSON: objects and arrays are opened and closed, commas and indentation come by themselves.
// Text is also safe inside an HTML script element: '<' is written as an escape.

#ifndef SEPTUM_TOOL_JSON_H
#define SEPTUM_TOOL_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json {
    FILE *stream;
    unsigned depth;
    bool used; ///< something was written at this depth
};

// `key` is NULL in an array and at the top.
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_text(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
/// An address as text: "0x40000000".
void json_address(struct json *json, const char *key, uint64_t value);
/// value / scale with six decimals, computed in integers so that it is the same everywhere.
void json_ratio(struct json *json, const char *key, uint64_t value, uint64_t scale);

#endif
