// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum: the host command of the Septum hypervisor.

#include <stdio.h>
#include <string.h>

#include "base/exit.h"
#include "cmd/commands.h"

static const struct command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
} commands[] = {
#define COMMAND_ROW(name, summary) {#name, (summary), cmd_##name},
    COMMAND_LIST(COMMAND_ROW)
#undef COMMAND_ROW
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void help(FILE *out)
{
    fputs("usage: septum COMMAND [argument...]\n\ncommands:\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    }
    fputs("\n'septum COMMAND --help' tells more. Exit codes: 0 success, 1 an error in the input,\n"
          "2 a wrong command line, 3 an internal error.\n",
          out);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help(stdout);
        return EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("septum " SEPTUM_VERSION);
        return EXIT_OK;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "septum: unknown command '%s'; see 'septum --help'\n", argv[1]);
    return EXIT_USAGE;
}
