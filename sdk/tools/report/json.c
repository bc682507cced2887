// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// JSON by hand: deterministic, in the order written.

#include "report/json.h"

#include <inttypes.h>

static void put_string(FILE *stream, const char *text)
{
    (void)fputc('"', stream);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            (void)fprintf(stream, "\\%c", c);
        } else if (c < ' ' || c == 0x7fu || c == '<') {
            (void)fprintf(stream, "\\u%04x", c);
        } else {
            (void)fputc(c, stream);
        }
    }
    (void)fputc('"', stream);
}

/// Everything that stands before a value.
static void begin(struct json *json, const char *key)
{
    if (json->used) {
        (void)fputc(',', json->stream);
    }
    if (json->depth != 0u) {
        (void)fprintf(json->stream, "\n%*s", (int)(2u * json->depth), "");
    }
    if (key != NULL) {
        put_string(json->stream, key);
        (void)fputs(": ", json->stream);
    }
    json->used = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    begin(json, key);
    (void)fputc(bracket, json->stream);
    json->depth++;
    json->used = false;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (json->used) {
        (void)fprintf(json->stream, "\n%*s", (int)(2u * json->depth), "");
    }
    (void)fputc(bracket, json->stream);
    json->used = true;
    if (json->depth == 0u) {
        (void)fputc('\n', json->stream);
    }
}

void json_text(struct json *json, const char *key, const char *text)
{
    begin(json, key);
    put_string(json->stream, text);
}

void json_number(struct json *json, const char *key, uint64_t value)
{
    begin(json, key);
    (void)fprintf(json->stream, "%" PRIu64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin(json, key);
    (void)fputs(value ? "true" : "false", json->stream);
}

void json_null(struct json *json, const char *key)
{
    begin(json, key);
    (void)fputs("null", json->stream);
}

void json_address(struct json *json, const char *key, uint64_t value)
{
    begin(json, key);
    (void)fprintf(json->stream, "\"0x%" PRIx64 "\"", value);
}

void json_ratio(struct json *json, const char *key, uint64_t value, uint64_t scale)
{
    begin(json, key);
    (void)fprintf(json->stream, "%" PRIu64 ".%06" PRIu64, value / scale,
                  (uint64_t)((unsigned __int128)(value % scale) * 1000000u / scale));
}
