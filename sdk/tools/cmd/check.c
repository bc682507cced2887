// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum check

#include "base/options.h"
#include "cmd/commands.h"
#include "compile/compile.h"
#include "xml/schema.h"

int cmd_check(int argc, char **argv)
{
    struct septum_options options = {0};
    struct option_list searched = {0};
    bool json = false;
    const struct option table[] = {
        {"--board", OPTION_TEXT, &options.board, "NAME",
         "board to check for, instead of the description's"},
        {"--board-path", OPTION_TEXT, &options.board_path, "DIR", "folder of board descriptions"},
        {"--search-path", OPTION_LIST, &searched, "DIR",
         "taken as 'septum build' takes it; nothing is searched"},
        {"--json", OPTION_FLAG, &json, NULL, "print the errors as JSON on standard output"},
    };
    const struct option_set set = {
        "check",
        "SYSTEM.xml",
        "Checks a system description and prints every error in it. Images and files "
        "are not\nread: 'septum build' looks at those, too.",
        table,
        sizeof table / sizeof *table,
        1,
        1};
    enum options_result result = options_parse(&set, argc, argv, &options.description);
    struct septum *s;
    int code;

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    s = septum_open(&options);
    code = septum_check(s);
    septum_print_errors(s, json);
    septum_close(s);
    schema_release();
    return code;
}
