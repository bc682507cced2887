// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum run: a system on its board's emulator.

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/image_commands.h"
#include "image/fail.h"
#include "image/system.h"
#include "run/run.h"

static const char USAGE[] =
    "usage: septum run IMAGE [options] [-- more arguments of the emulator]\n"
    "Starts the emulator of the board, prints each console's lines as \"[name] text\", ends when "
    "the\n"
    "system halts and returns its verdict.\n"
    "  --board NAME        board description (name or file); default: the one in the image\n"
    "  --board-path DIR    folder of board descriptions\n"
    "  --no-icount         run by the host's clock instead of the instruction clock\n"
    "  --shift N           an instruction takes 2^N ns; default: the board's\n"
    "  --record FILE       keep the bytes of the console as they come\n"
    "  --raw               print them as they come, markers too\n"
    "  --timeout SECONDS   end after this wall-clock time (60; 0: never; with --gdb never)\n"
    "  --gdb PORT          wait for a debugger on this TCP port\n"
    "  --stdin             the emulator reads our standard input instead of nothing\n"
    "  --elf, --rom        the image is what the option says; default: look at it\n"
    "  --help              this text\n"
    "Exit status: the system's own; 4: the emulator ended before the system halted; 5: time-out.\n";

enum {
    OPT_BOARD = 256,
    OPT_BOARD_PATH,
    OPT_NO_ICOUNT,
    OPT_SHIFT,
    OPT_RECORD,
    OPT_RAW,
    OPT_TIMEOUT,
    OPT_GDB,
    OPT_STDIN,
    OPT_ELF,
    OPT_ROM,
    OPT_HELP,
};

static const struct option options[] = {
    {"board", required_argument, NULL, OPT_BOARD},
    {"board-path", required_argument, NULL, OPT_BOARD_PATH},
    {"no-icount", no_argument, NULL, OPT_NO_ICOUNT},
    {"shift", required_argument, NULL, OPT_SHIFT},
    {"record", required_argument, NULL, OPT_RECORD},
    {"raw", no_argument, NULL, OPT_RAW},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"gdb", required_argument, NULL, OPT_GDB},
    {"stdin", no_argument, NULL, OPT_STDIN},
    {"elf", no_argument, NULL, OPT_ELF},
    {"rom", no_argument, NULL, OPT_ROM},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

/// The command line as it was read.
struct choice {
    struct run_request request;
    const char *board;
    const char *timeout;
    int kind; ///< OPT_ELF, OPT_ROM or 0
    bool help;
};

/// Stores one option; false: unknown.
static bool take(struct choice *c, int option)
{
    struct run_request *r = &c->request;

    switch (option) {
    case OPT_BOARD:
        c->board = optarg;
        return true;
    case OPT_BOARD_PATH:
        r->board_folder = optarg;
        return true;
    case OPT_NO_ICOUNT:
        r->start.icount = false;
        return true;
    case OPT_SHIFT:
        r->start.shift = optarg;
        return true;
    case OPT_RECORD:
        r->record = optarg;
        return true;
    case OPT_RAW:
        r->raw = true;
        return true;
    case OPT_TIMEOUT:
        c->timeout = optarg;
        return true;
    case OPT_GDB:
        r->start.gdb = optarg;
        return true;
    case OPT_STDIN:
        r->keep_stdin = true;
        return true;
    case OPT_ELF:
    case OPT_ROM:
        c->kind = option;
        return true;
    case OPT_HELP:
        c->help = true;
        return true;
    default:
        return false;
    }
}

static bool number(const char *text, unsigned long max, unsigned *value)
{
    char *end = NULL;
    unsigned long n = strtoul(text, &end, 10);

    *value = (unsigned)n;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && n <= max;
}

/// Checks what is a number, sets the time-out.
static int check(struct choice *c)
{
    struct run_request *r = &c->request;
    unsigned ignored = 0;

    r->timeout = r->start.gdb != NULL ? 0u : 60u;
    if (c->timeout != NULL && !number(c->timeout, 86400, &r->timeout)) {
        return fail_usage("run", "--timeout takes seconds, not '%s'", c->timeout);
    }
    if (r->start.shift != NULL && !number(r->start.shift, 10, &ignored)) {
        return fail_usage("run", "--shift takes 0 to 10, not '%s'", r->start.shift);
    }
    if (r->start.gdb != NULL && !number(r->start.gdb, 65535, &ignored)) {
        return fail_usage("run", "--gdb takes a port number, not '%s'", r->start.gdb);
    }
    return EXIT_OK;
}

/// The name of the board that the image was made for, in taken memory; NULL: said why on stderr.
static char *image_board(const char *image)
{
    struct system_image s;

    if (!system_open(image, &s)) {
        return NULL;
    }
    char *name = strdup(cfgfile_text(&s.cfg, cfgfile_system(&s.cfg)->board));

    system_close(&s);
    return name;
}

static bool image_is_rom(const char *image, bool *rom)
{
    struct filedata file;

    if (!filedata_read(image, &file)) {
        return false;
    }
    *rom = !system_is_elf(&file);
    filedata_free(&file);
    return true;
}

static int run(struct choice *c)
{
    struct run_request *r = &c->request;
    char *name = c->board != NULL ? strdup(c->board) : image_board(r->start.image);
    int status = EXIT_INPUT;

    r->start.rom = c->kind == OPT_ROM;
    if (name != NULL && (c->kind != 0 || image_is_rom(r->start.image, &r->start.rom))) {
        r->board = name;
        status = run_system(r);
    }
    free(name);
    return status;
}

int cmd_run(int argc, char **argv)
{
    struct choice c;

    memset(&c, 0, sizeof(c));
    c.request.start.icount = true;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (!take(&c, o)) {
            return EXIT_USAGE;
        }
    }
    if (c.help) {
        (void)fputs(USAGE, stdout);
        return EXIT_OK;
    }
    if (optind == argc) {
        return fail_usage("run", "which image?");
    }
    c.request.start.image = argv[optind];
    c.request.start.extra = argv + optind + 1;
    int status = check(&c);

    return status == EXIT_OK ? run(&c) : status;
}
