// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum list: what is in an image or a compiled configuration.

#include <stdio.h>

#include "base/options.h"
#include "cmd/commands.h"
#include "image/fail.h"
#include "image/list.h"

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
    const char *path = NULL;
    bool json = false;
    const struct option table[] = {
        {"--json", OPTION_FLAG, &json, NULL, "print for programs"},
    };
    const struct option_set set = {"list",
                                   "IMAGE",
                                   "Prints what is in a system image (ELF or ROM) or a compiled "
                                   "configuration, with the state of each hash.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   1,
                                   1};
    enum options_result result = options_parse(&set, argc, argv, &path);

    return result == OPTIONS_GO ? list(path, json) : options_exit(result);
}
