// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum schema

#include <stdio.h>
#include <string.h>

#include "base/exit.h"
#include "base/options.h"
#include "cmd/commands.h"
#include "xml/schema.h"

int cmd_schema(int argc, char **argv)
{
    const char *which = "system";
    const struct option_set set = {"schema",
                                   "[system|board]",
                                   "Prints the XML schema of system or board descriptions.",
                                   NULL,
                                   0,
                                   1,
                                   0};
    enum options_result result = options_parse(&set, argc, argv, &which);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if (strcmp(which, "system") != 0 && strcmp(which, "board") != 0) {
        return options_wrong("schema", "no schema", which);
    }
    fputs(schema_text(strcmp(which, "board") == 0 ? SCHEMA_BOARD : SCHEMA_SYSTEM), stdout);
    return EXIT_OK;
}
