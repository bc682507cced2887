// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum run: a system on its board's emulator.

#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "cmd/commands.h"
#include "image/fail.h"
#include "image/system.h"
#include "run/run.h"

#define TIMEOUT_DEFAULT 60u

/// The command line as it was read.
struct choice {
    struct run_request request;
    const char *board;
    const char *timeout;
    bool no_icount, elf, rom;
};

static bool number(const char *text, unsigned long min, unsigned long max, unsigned *value)
{
    char *end = NULL;
    unsigned long n = strtoul(text, &end, 10);

    *value = (unsigned)n;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && n >= min && n <= max;
}

/// Checks what is a number, sets the time-out.
static int check(struct choice *c)
{
    struct run_request *r = &c->request;
    unsigned ignored = 0;

    r->start.icount = !c->no_icount;
    r->timeout = r->start.gdb != NULL ? 0u : TIMEOUT_DEFAULT;
    if (c->timeout != NULL && !number(c->timeout, 0, 86400, &r->timeout)) {
        return fail_usage("run", "--timeout takes seconds, not '%s'", c->timeout);
    }
    if (r->start.shift != NULL && !number(r->start.shift, 0, 10, &ignored)) {
        return fail_usage("run", "--shift takes 0 to 10, not '%s'", r->start.shift);
    }
    if (r->start.gdb != NULL && !number(r->start.gdb, 1, 65535, &ignored)) {
        return fail_usage("run", "--gdb takes a port, 1 to 65535, not '%s'", r->start.gdb);
    }
    return EXIT_OK;
}

/// What the image says of the board that it was made for, and of the hypervisor's memory. The name in
/// taken memory; NULL: said why on stderr.
static char *image_board(struct run_request *r)
{
    struct system_image s;

    if (!system_open(r->start.image, &s)) {
        return NULL;
    }
    const struct sep_cfg_system *system = cfgfile_system(&s.cfg);
    char *name = strdup(cfgfile_text(&s.cfg, system->board));

    r->start.processors = system->cpus.count;
    r->memory_start = system->hypervisor_start;
    r->memory_size = system->hypervisor_size;
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
    char *made_for = c->board == NULL || r->record != NULL ? image_board(r) : NULL;
    const char *name = c->board != NULL ? c->board : made_for;
    int status = EXIT_INPUT;

    if (r->record != NULL && made_for == NULL) {
        return status; // where its memory lies is not known
    }

    r->start.rom = c->rom;
    if (name != NULL && (c->rom || c->elf || image_is_rom(r->start.image, &r->start.rom))) {
        r->board = name;
        status = run_system(r);
    }
    free(made_for);
    return status;
}

/// What stands behind "--" belongs to the emulator; answers how many arguments are ours.
static int split(struct choice *c, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            c->request.start.extra = argv + i + 1;
            return i;
        }
    }
    return argc;
}

int cmd_run(int argc, char **argv)
{
    struct choice c = {.board = NULL};
    struct run_request *r = &c.request;
    const struct option table[] = {
        {"--board", OPTION_TEXT, &c.board, "NAME", "board, or file that describes one"},
        {"--board-path", OPTION_TEXT, &r->board_folder, "DIR", "folder of board descriptions"},
        {"--no-icount", OPTION_FLAG, &c.no_icount, NULL, "not by the instruction clock"},
        {"--shift", OPTION_TEXT, &r->start.shift, "N", "an instruction takes 2^N ns"},
        {"--record", OPTION_TEXT, &r->record, "FILE",
         "keep the hypervisor's memory, for septum log and septum trace"},
        {"--console", OPTION_TEXT, &r->console, "FILE", "keep the console's bytes as they come"},
        {"--raw", OPTION_FLAG, &r->raw, NULL, "print the bytes as they come"},
        {"--timeout", OPTION_TEXT, &c.timeout, "SECONDS", "of wall clock; 60, 0: none"},
        {"--gdb", OPTION_TEXT, &r->start.gdb, "PORT",
         "wait for a debugger on 127.0.0.1; no time-out"},
        {"--stdin", OPTION_FLAG, &r->keep_stdin, NULL, "the emulator reads standard input"},
        {"--elf", OPTION_FLAG, &c.elf, NULL, "the image is an ELF image; default: look"},
        {"--rom", OPTION_FLAG, &c.rom, NULL, "the image is a ROM image"},
    };
    const struct option_set set = {
        "run",
        "IMAGE [-- more arguments of the emulator]",
        "Starts the board's emulator, prints every console's lines as '[name] text', ends when "
        "the\n"
        "system halts. Exit code: the system's own; 4: the emulator ended before; 5: time-out.",
        table,
        sizeof(table) / sizeof(table[0]),
        1,
        1};
    enum options_result result = options_parse(&set, split(&c, argc, argv), argv, &r->start.image);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    int status = check(&c);

    return status == EXIT_OK ? run(&c) : status;
}
