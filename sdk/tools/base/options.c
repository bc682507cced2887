// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Command lines: a table of options per command.

#include "base/options.h"

#include <stdio.h>
#include <string.h>

#include "base/exit.h"

int options_wrong(const char *command, const char *message, const char *subject)
{
    fprintf(stderr, "septum %s: %s '%s'; see 'septum %s --help'\n", command, message, subject,
            command);
    return EXIT_USAGE;
}

int options_exit(enum options_result result)
{
    return result == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
}

static void help(const struct option_set *set)
{
    printf("usage: septum %s [option...] %s\n\n%s\n\noptions:\n", set->command, set->arguments,
           set->summary);
    for (size_t i = 0; i < set->count; i++) {
        const struct option *o = &set->options[i];
        char left[64];

        snprintf(left, sizeof left, "%s %s", o->name, o->value != NULL ? o->value : "");
        printf("  %-24s %s\n", left, o->help);
    }
    printf("  %-24s %s\n", "--help", "this text");
}

static const struct option *find(const struct option_set *set, const char *argument)
{
    size_t length = strcspn(argument, "=");

    for (size_t i = 0; i < set->count; i++) {
        if (strlen(set->options[i].name) == length &&
            strncmp(set->options[i].name, argument, length) == 0) {
            return &set->options[i];
        }
    }
    return NULL;
}

static bool store(const struct option *option, const char *value)
{
    struct option_list *list = option->target;

    if (option->kind == OPTION_TEXT) {
        *(const char **)option->target = value;
        return true;
    }
    if (list->count == sizeof list->items / sizeof *list->items) {
        return false;
    }
    list->items[list->count++] = value;
    return true;
}

// One option at argv[*index]; moves *index onto its value when that is an argument of its own.
static bool take(const struct option_set *set, int argc, char **argv, int *index)
{
    const char *argument = argv[*index];
    const struct option *option = find(set, argument);
    const char *value = strchr(argument, '=');

    if (option == NULL) {
        options_wrong(set->command, "unknown option", argument);
        return false;
    }
    if (option->kind == OPTION_FLAG) {
        *(bool *)option->target = true;
        return value == NULL ||
               (options_wrong(set->command, "no value belongs to", argument), false);
    }
    value = value != NULL ? value + 1 : *index + 1 < argc ? argv[++*index] : NULL;
    if (value == NULL) {
        options_wrong(set->command, "a value is missing behind", argument);
        return false;
    }
    return store(option, value) || (options_wrong(set->command, "too often", argument), false);
}

enum options_result options_parse(const struct option_set *set, int argc, char **argv,
                                  const char **positional)
{
    size_t count = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            help(set);
            return OPTIONS_DONE;
        }
    }
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!take(set, argc, argv, &i)) {
                return OPTIONS_WRONG;
            }
        } else if (count == set->positional_count) {
            options_wrong(set->command, "too many arguments at", argv[i]);
            return OPTIONS_WRONG;
        } else {
            positional[count++] = argv[i];
        }
    }
    if (count < set->positional_least) {
        options_wrong(set->command, "an argument is missing:", set->arguments);
        return OPTIONS_WRONG;
    }
    return OPTIONS_GO;
}
