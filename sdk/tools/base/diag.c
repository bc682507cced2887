// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Errors and warnings found in the user's input.

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
    diag = (rules[rule].flags & RULE_WARNING) != 0u
               ? POOL_PUSH(diags->pool, diags->warnings, diags->warning_count)
               : POOL_PUSH(diags->pool, diags->list, diags->count);
    *diag = (struct diag){rule, line, diags->count + diags->warning_count, diags->file, text, mend};
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

bool diag_beside(const struct diags *diags, unsigned flags)
{
    for (size_t i = 0; i < diags->count; i++) {
        if ((rules[diags->list[i].rule].flags & flags) == 0u) {
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

// Answers how many of them are shown.
static size_t sort(struct diag *list, size_t count)
{
    if (count > 1) {
        qsort(list, count, sizeof *list, compare);
    }
    return count < DIAG_SHOWN_MAX ? count : DIAG_SHOWN_MAX;
}

static void print_list(FILE *out, struct diag *list, size_t count, const char *severity)
{
    size_t shown = sort(list, count);

    for (size_t i = 0; i < shown; i++) {
        const struct diag *d = &list[i];

        fprintf(out, "%s:", d->file);
        if (d->line != 0) {
            fprintf(out, "%u:", d->line);
        }
        fprintf(out, " %s: %s%s%s [SEP%04u]\n", severity, d->text, d->mend != NULL ? "; " : "",
                d->mend != NULL ? d->mend : "", rules[d->rule].number);
    }
}

void diag_print(struct diags *diags, FILE *out)
{
    print_list(out, diags->list, diags->count, "error");
    if (diags->count > DIAG_SHOWN_MAX) {
        fprintf(out, "%s: and %zu more errors; mend these first\n", diags->file,
                diags->count - DIAG_SHOWN_MAX);
    }
    print_list(out, diags->warnings, diags->warning_count, "warning");
    if (diags->warning_count > DIAG_SHOWN_MAX) {
        fprintf(out, "%s: and %zu more warnings\n", diags->file,
                diags->warning_count - DIAG_SHOWN_MAX);
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

static void json_list(FILE *out, const char *key, struct diag *list, size_t count)
{
    size_t shown = sort(list, count);

    fprintf(out, "  \"%s\": [", key);
    for (size_t i = 0; i < shown; i++) {
        fputs(i == 0 ? "\n" : ",\n", out);
        json_error(out, &list[i]);
    }
    fprintf(out, "%s],\n", shown == 0 ? "" : "\n  ");
}

static size_t hidden(size_t count)
{
    return count < DIAG_SHOWN_MAX ? 0 : count - DIAG_SHOWN_MAX;
}

void diag_print_json(struct diags *diags, FILE *out)
{
    fprintf(out, "{\n  \"ok\": %s,\n", diags->count == 0 ? "true" : "false");
    json_list(out, "errors", diags->list, diags->count);
    fprintf(out, "  \"more\": %zu,\n", hidden(diags->count));
    json_list(out, "warnings", diags->warnings, diags->warning_count);
    fprintf(out, "  \"more_warnings\": %zu\n}\n", hidden(diags->warning_count));
}
