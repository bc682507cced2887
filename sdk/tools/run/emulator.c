// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Builds an emulator's command line.

#include "run/emulator.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/fail.h"

/// How QEMU is told to wait for a debugger on a port, of this machine only.
static const char GDB[] = "-S -gdb tcp:127.0.0.1:%";

/// Appends a word that lives as long as the command; false: too many.
static bool add(struct emulator_command *c, const char *word)
{
    if (c->count == EMULATOR_WORDS_MAX - 1u) {
        return false;
    }
    // exec wants its words writable and leaves them alone.
    c->argv[c->count++] = (char *)(uintptr_t)word;
    c->argv[c->count] = NULL;
    return true;
}

/// `pattern` with each % replaced.
static char *substitute(const char *pattern, const char *number)
{
    size_t size = strlen(pattern) * (strlen(number) + 1u) + 1u;
    char *text = calloc(1, size);
    size_t at = 0;

    for (; text != NULL && *pattern != '\0'; pattern++) {
        if (*pattern == '%') {
            at += (size_t)snprintf(text + at, size - at, "%s", number);
        } else {
            text[at++] = *pattern;
        }
    }
    return text;
}

/// Appends the words of a pattern, separated by spaces.
static bool add_words(struct emulator_command *c, const char *pattern, const char *number)
{
    char *text = substitute(pattern, number);
    char *rest = NULL;

    if (text == NULL || c->text_count == EMULATOR_WORDS_MAX) {
        free(text);
        return false;
    }
    c->text[c->text_count++] = text;
    for (char *w = strtok_r(text, " \t\n", &rest); w != NULL; w = strtok_r(NULL, " \t\n", &rest)) {
        if (!add(c, w)) {
            return false;
        }
    }
    return true;
}

/// What stands before the image's name on the command line.
static bool add_options(const struct emulator *e, const struct emulator_start *start,
                        struct emulator_command *c)
{
    char shift[24];
    bool good = e->arguments == NULL || add_words(c, e->arguments, "");

    if (start->processors > 1u && e->processors != NULL) {
        char count[16];

        (void)snprintf(count, sizeof(count), "%" PRIu32, start->processors);
        good = good && add_words(c, e->processors, count);
    }
    (void)snprintf(shift, sizeof(shift), "%" PRIu64, e->shift);
    if (start->icount && e->icount != NULL) {
        good = good && add_words(c, e->icount, start->shift != NULL ? start->shift : shift);
    }
    if (start->gdb != NULL) {
        good = good && add_words(c, GDB, start->gdb);
    }
    if (start->monitor != NULL) {
        good = good && add_words(c, e->monitor, start->monitor);
    }
    return good && add_words(c, start->rom ? e->rom : e->elf, "");
}

bool emulator_command(const struct board *board, const struct emulator_start *start,
                      struct emulator_command *c)
{
    const struct emulator *e = &board->emulator;

    memset(c, 0, sizeof(*c));
    if (e->program == NULL || (start->rom ? e->rom : e->elf) == NULL) {
        return fail(board->path, "SEP9031", "the board has no emulator that starts %s",
                    start->rom ? "a ROM image" : "an ELF image");
    }
    if (start->monitor != NULL && (e->monitor == NULL || *e->monitor == '\0')) {
        return fail(board->path, "SEP9034",
                    "the board's emulator has no monitor that takes its memory");
    }
    bool good = add(c, e->program) && add_options(e, start, c) && add(c, start->image);

    for (char **word = start->extra; good && word != NULL && *word != NULL; word++) {
        good = add(c, *word);
    }
    return good || fail(board->path, "SEP9032", "the emulator's command line is too long");
}

void emulator_command_free(struct emulator_command *command)
{
    for (unsigned i = 0; i < command->text_count; i++) {
        free(command->text[i]);
    }
    memset(command, 0, sizeof(*command));
}
