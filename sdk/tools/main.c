// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum: the host command of the Septum hypervisor.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "image/fail.h"

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

/// Opens the standard streams that are closed, in the direction in which they cannot be used: no
/// other file gets their numbers.
static void open_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

/// What was printed must have arrived: otherwise no command has done its work.
static int finish(int status)
{
    const char *reason = ferror(stdout) != 0 ? "a part of it was lost" : NULL;

    if (fflush(stdout) != 0) {
        reason = strerror(errno);
    }
    if (reason == NULL) {
        return status;
    }
    (void)fail("standard output", "SEP9002", "cannot be written: %s", reason);
    return status == EXIT_OK ? EXIT_INPUT : status;
}

static int run(int argc, char **argv)
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

int main(int argc, char **argv)
{
    open_streams();
    return finish(run(argc, argv));
}
