// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Errors found in the user's input.

#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 1000u

static const struct {
    unsigned number;
    unsigned flags;
    const char *title;
} rules[RULE_COUNT] = {
#define RULE_ROW(number, name, flags, title) [RULE_##name] = {(number), (flags), (title)},
    RULE_LIST(RULE_ROW)
#undef RULE_ROW
};

// What comes from the input is printed on one line, whatever it holds.
static void clean(char *text)
{
    if (strlen(text) > TEXT_MAX) {
        strcpy(text + TEXT_MAX - 3, "...");
    }
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            *text = '?';
        }
    }
}

void diag_add(struct diags *diags, enum rule rule, unsigned line, const char *format, ...)
{
    struct diag *diag;
    va_list args;
    char *text;
    char *mend;

    if (diags->lost != 0 && ((rules[rule].flags & RULE_NEEDS_ALL) != 0u || line >= diags->lost)) {
        return;
    }
    va_start(args, format);
    text = pool_vprintf(diags->pool, format, args);
    va_end(args);
    mend = strchr(text, MEND[0]);
    if (mend != NULL) {
        *mend++ = '\0';
        clean(mend);
    }
    clean(text);
    diag = POOL_PUSH(diags->pool, diags->list, diags->count);
    *diag = (struct diag){rule, line, diags->count, diags->file, text, mend};
}

bool diag_has_line(const struct diags *diags, unsigned line)
{
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->list[i].line == line && strcmp(diags->list[i].file, diags->file) == 0) {
            return true;
        }
    }
    return false;
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = left;
    const struct diag *b = right;
    int files = strcmp(a->file, b->file);

    if (files != 0) {
        return files;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

static size_t sort(struct diags *diags)
{
    if (diags->count > 1) {
        qsort(diags->list, diags->count, sizeof *diags->list, compare);
    }
    return diags->count < DIAG_SHOWN_MAX ? diags->count : DIAG_SHOWN_MAX;
}

void diag_print(struct diags *diags, FILE *out)
{
    size_t shown = sort(diags);

    for (size_t i = 0; i < shown; i++) {
        const struct diag *d = &diags->list[i];

        fprintf(out, "%s:", d->file);
        if (d->line != 0) {
            fprintf(out, "%u:", d->line);
        }
        fprintf(out, " error: %s%s%s [SEP%04u]\n", d->text, d->mend != NULL ? "; " : "",
                d->mend != NULL ? d->mend : "", rules[d->rule].number);
    }
    if (shown < diags->count) {
        fprintf(out, "%s: and %zu more errors; mend these first\n", diags->file,
                diags->count - shown);
    }
}

static void json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            fputc('\\', out);
        }
        if (c < ' ') {
            fprintf(out, "\\u%04x", c);
        } else {
            fputc(c, out);
        }
    }
    fputc('"', out);
}

static void json_error(FILE *out, const struct diag *d)
{
    fprintf(out, "    {\"id\": \"SEP%04u\", \"title\": ", rules[d->rule].number);
    json_text(out, rules[d->rule].title);
    fputs(", \"file\": ", out);
    json_text(out, d->file);
    fprintf(out, ", \"line\": %u, \"message\": ", d->line);
    json_text(out, d->text);
    if (d->mend != NULL) {
        fputs(", \"mend\": ", out);
        json_text(out, d->mend);
    }
    fputc('}', out);
}

void diag_print_json(struct diags *diags, FILE *out)
{
    size_t shown = sort(diags);

    fprintf(out, "{\n  \"ok\": %s,\n  \"errors\": [", diags->count == 0 ? "true" : "false");
    for (size_t i = 0; i < shown; i++) {
        fputs(i == 0 ? "\n" : ",\n", out);
        json_error(out, &diags->list[i]);
    }
    fprintf(out, "%s],\n  \"more\": %zu\n}\n", shown == 0 ? "" : "\n  ", diags->count - shown);
}
