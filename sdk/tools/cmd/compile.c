// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum compile

#include "base/options.h"
#include "cmd/commands.h"
#include "compile/compile.h"
#include "xml/schema.h"

struct outputs {
    const char *config;
    const char *blobs;
    const char *depfile;
};

static int write(struct septum *s, const char *path, struct bytes content)
{
    const char *reason = path != NULL ? file_write(path, content) : NULL;

    if (reason != NULL) {
        septum_unwritable(s, path, reason);
    }
    return reason == NULL ? EXIT_OK : EXIT_INPUT;
}

static int write_all(struct septum *s, const struct outputs *to, const struct septum_output *output)
{
    const char *const all[] = {to->config, to->blobs, to->depfile};
    const char *reason;

    if (!septum_outputs(s, all, sizeof all / sizeof *all)) {
        return EXIT_INPUT;
    }
    if (write(s, to->blobs, output->blobs) != EXIT_OK ||
        write(s, to->config, output->config) != EXIT_OK) {
        return EXIT_INPUT;
    }
    reason = to->depfile != NULL ? septum_write_depfile(s, to->depfile, to->config) : NULL;
    if (reason != NULL) {
        septum_unwritable(s, to->depfile, reason);
    }
    return reason == NULL ? EXIT_OK : EXIT_INPUT;
}

static int compile(const struct septum_options *options, const struct outputs *to, bool json)
{
    struct septum *s = septum_open(options);
    struct septum_output output;
    int code = septum_compile(s, &output);

    if (code == EXIT_OK) {
        code = write_all(s, to, &output);
    }
    septum_print_errors(s, json);
    septum_close(s);
    schema_release();
    return code;
}

int cmd_compile(int argc, char **argv)
{
    struct septum_options options = {0};
    struct outputs to = {0};
    struct option_list search = {0};
    struct option_list partitions = {0};
    bool json = false;
    const struct option table[] = {
        {"--hypervisor", OPTION_TEXT, &options.hypervisor, "ELF", "the board's hypervisor binary"},
        {"-o", OPTION_TEXT, &to.config, "FILE", "the compiled configuration"},
        {"--blobs", OPTION_TEXT, &to.blobs, "FILE", "packed images, files and information blocks"},
        {"--depfile", OPTION_TEXT, &to.depfile, "FILE", "make rule: everything that was read"},
        {"--search-path", OPTION_LIST, &search, "DIR", "further folder for images and files"},
        {"--partition", OPTION_LIST, &partitions, "NAME=FILE",
         "read FILE where the description says NAME"},
        {"--board", OPTION_TEXT, &options.board, "NAME", "board, instead of the description's"},
        {"--board-path", OPTION_TEXT, &options.board_path, "DIR", "folder of board descriptions"},
        {"--json", OPTION_FLAG, &json, NULL, "print the errors as JSON on standard output"},
    };
    const struct option_set set = {
        "compile",
        "SYSTEM.xml",
        "Compiles a description into the configuration that the hypervisor reads.",
        table,
        sizeof table / sizeof *table,
        1,
        1};
    enum options_result result = options_parse(&set, argc, argv, &options.description);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if (options.hypervisor == NULL || to.config == NULL) {
        return options_wrong(
            "compile", "an option is missing:", options.hypervisor == NULL ? "--hypervisor" : "-o");
    }
    options.search_paths = search.items;
    options.search_count = search.count;
    options.partitions = partitions.items;
    options.partition_count = partitions.count;
    return compile(&options, &to, json);
}
