// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum list: what is in an image or a compiled configuration.

#include <getopt.h>
#include <stdio.h>

#include "cmd/image_commands.h"
#include "image/fail.h"
#include "image/list.h"

static const char USAGE[] =
    "usage: septum list IMAGE [--json]\n"
    "Prints what is in a system image (ELF or ROM) or a compiled configuration, with the state of\n"
    "each hash. Exit status 1 when something in it is damaged.\n"
    "  --json    for programs\n"
    "  --help    this text\n";

static const struct option options[] = {
    {"json", no_argument, NULL, 'j'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool intact(const char *path, const struct system_image *system)
{
    bool good = true;

    for (uint32_t i = 0; i < system->cfg.blob_count; i++) {
        const struct sep_cfg_blob *b = &system->cfg.blobs[i];

        if (list_blob_state(system, b)[0] == 'd') {
            good = fail(path, "SEP9026", "'%s' does not have the hash in the configuration",
                        cfgfile_text(&system->cfg, b->name));
        }
    }
    return good;
}

static int list(const char *path, bool json)
{
    struct system_image system;

    if (!system_open(path, &system)) {
        return EXIT_INPUT;
    }
    if (json) {
        list_json(&system, stdout);
    } else {
        list_text(&system, stdout);
    }
    int status = intact(path, &system) ? EXIT_OK : EXIT_INPUT;

    system_close(&system);
    return status;
}

int cmd_list(int argc, char **argv)
{
    bool json = false;

    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            (void)fputs(USAGE, stdout);
            return EXIT_OK;
        }
        if (o != 'j') {
            return EXIT_USAGE;
        }
        json = true;
    }
    if (optind + 1 != argc) {
        return fail_usage("list", "which image?");
    }
    return list(argv[optind], json);
}
