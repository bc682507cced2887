// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reassembles the lines of each source and reads the verdict.

#include "run/demux.h"

#include <stdlib.h>
#include <string.h>

/// Index of a source, new ones added; the last place is shared by all that do not fit.
static size_t find_source(struct demux *d, const char *name)
{
    for (size_t i = 0; i < d->source_count; i++) {
        if (strcmp(d->sources[i].name, name) == 0) {
            return i;
        }
    }
    if (d->source_count == DEMUX_SOURCES_MAX) {
        return DEMUX_SOURCES_MAX - 1u;
    }
    struct demux_source *s = &d->sources[d->source_count];

    (void)snprintf(s->name, sizeof(s->name), "%s", name);
    s->length = 0;
    return d->source_count++;
}

void demux_init(struct demux *demux, FILE *out)
{
    memset(demux, 0, sizeof(*demux));
    demux->out = out;
    demux->current = find_source(demux, "boot");
}

/// Reads "halt: <reason> status <n>".
static void read_verdict(struct demux *d, const struct demux_source *s)
{
    const char *status = NULL;
    char *end = NULL;

    if (strcmp(s->name, DEMUX_HYPERVISOR) != 0 ||
        strncmp(s->line, DEMUX_HALT, sizeof(DEMUX_HALT) - 1u) != 0) {
        return;
    }
    for (const char *at = s->line; (at = strstr(at, " status ")) != NULL; at++) {
        status = at + sizeof(" status ") - 1u;
    }
    if (status == NULL) {
        return;
    }
    long value = strtol(status, &end, 10);

    if (end != status && *end == '\0') {
        d->halted = true;
        d->status = value < 0 || value > 255 ? 255 : (int)value;
    }
}

/// Prints a line; a byte that could steer the terminal is printed as an escape.
static void print_line(const struct demux_source *s, FILE *out)
{
    (void)fprintf(out, "[%s] ", s->name);
    for (const char *at = s->line; at < s->line + s->length; at++) {
        unsigned char c = (unsigned char)*at;

        if ((c < ' ' && c != '\t') || c == 0x7fu) {
            (void)fprintf(out, "\\x%02x", c);
        } else {
            (void)fputc(c, out);
        }
    }
    (void)fputc('\n', out);
    (void)fflush(out);
}

static void end_line(struct demux *d, struct demux_source *s)
{
    if (s->length != 0u && s->line[s->length - 1u] == '\r') {
        s->length--;
    }
    s->line[s->length] = '\0';
    if (d->out != NULL) {
        print_line(s, d->out);
    }
    read_verdict(d, s);
    s->length = 0;
}

static void add_text(struct demux *d, uint8_t byte)
{
    struct demux_source *s = &d->sources[d->current];

    if (byte == '\n') {
        end_line(d, s);
        return;
    }
    if (s->length == DEMUX_LINE_MAX - 1u) {
        end_line(d, s);
    }
    s->line[s->length++] = (char)byte;
}

/// A marker that is none: its bytes were text.
static void give_back(struct demux *d, bool opened)
{
    d->state = DEMUX_TEXT;
    if (opened) {
        add_text(d, '[');
    }
    for (size_t i = 0; i < d->name_length; i++) {
        add_text(d, (uint8_t)d->name[i]);
    }
}

static void take_name(struct demux *d, uint8_t byte)
{
    if (byte == ']' && d->name_length != 0u) {
        d->state = DEMUX_SPACE;
    } else if (byte <= ' ' || byte == ']' || d->name_length == DEMUX_NAME_MAX - 1u) {
        give_back(d, true);
        add_text(d, byte);
    } else {
        d->name[d->name_length++] = (char)byte;
    }
}

static void take(struct demux *d, uint8_t byte)
{
    if (byte == DEMUX_MARK) {
        d->state = DEMUX_BREAK;
        d->name_length = 0;
        return;
    }
    switch (d->state) {
    case DEMUX_BREAK:
    case DEMUX_OPEN:
        if (byte == '\n' && d->state == DEMUX_BREAK) {
            d->state = DEMUX_OPEN;
        } else if (byte == '[') {
            d->state = DEMUX_NAME;
        } else {
            give_back(d, false);
            add_text(d, byte);
        }
        return;
    case DEMUX_NAME:
        take_name(d, byte);
        return;
    case DEMUX_SPACE:
        d->name[d->name_length] = '\0';
        d->current = find_source(d, d->name);
        d->state = DEMUX_TEXT;
        if (byte != ' ') {
            add_text(d, byte);
        }
        return;
    default:
        add_text(d, byte);
        return;
    }
}

void demux_feed(struct demux *demux, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        take(demux, bytes[i]);
    }
}

void demux_finish(struct demux *demux)
{
    for (size_t i = 0; i < demux->source_count; i++) {
        if (demux->sources[i].length != 0u) {
            end_line(demux, &demux->sources[i]);
        }
    }
}
