// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum build: from a description to an image: check, compile and pack.

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/options.h"
#include "cmd/commands.h"
#include "compile/compile.h"
#include "image/fail.h"
#include "image/pack.h"
#include "xml/schema.h"

struct build {
    struct septum_options options;
    struct option_list partitions;
    struct option_list searched;
    struct pack_request pack;
    const char *keep;
    const char *depfile;
    bool json;
};

/// Says what could not be written; true when nothing is wrong.
static bool written(const char *path, const char *reason)
{
    return reason == NULL || fail(path, "SEP9002", "cannot be written: %s", reason);
}

static const char *kept(const struct build *b, struct septum *s, const char *name)
{
    return b->keep != NULL ? pool_printf(s->pool, "%s/%s", b->keep, name) : NULL;
}

static const char *kept_tree(const struct build *b, struct septum *s,
                             const struct septum_output *output, size_t index)
{
    return kept(b, s, pool_printf(s->pool, "%s.dtb", output->trees[index].partition));
}

static bool keep(const struct build *b, struct septum *s, const struct septum_output *output)
{
    if (b->keep == NULL) {
        return true;
    }
    if (mkdir(b->keep, 0777) != 0 && errno != EEXIST) {
        return written(b->keep, strerror(errno));
    }
    const char *config = kept(b, s, "system.cfg");
    const char *blobs = kept(b, s, "system.blobs");

    for (size_t i = 0; i < output->tree_count; i++) {
        const char *tree = kept_tree(b, s, output, i);

        if (!written(tree, file_write(tree, output->trees[i].tree))) {
            return false;
        }
    }
    return written(config, file_write(config, output->config)) &&
           written(blobs, file_write(blobs, output->blobs));
}

static bool write_depfile(const struct build *b, struct septum *s)
{
    return b->depfile == NULL ||
           written(b->depfile, septum_write_depfile(s, b->depfile, b->pack.output));
}

/// Notes what only packing reads; true when no output is one of the inputs or another output.
static bool check_outputs(const struct build *b, struct septum *s,
                          const struct septum_output *output)
{
    const char *const fixed[] = {b->pack.output, b->depfile, kept(b, s, "system.cfg"),
                                 kept(b, s, "system.blobs")};
    const char **outputs = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        *POOL_PUSH(s->pool, outputs, count) = fixed[i];
    }
    for (size_t i = 0; i < output->tree_count; i++) {
        *POOL_PUSH(s->pool, outputs, count) = kept_tree(b, s, output, i);
    }

    if (strcmp(b->pack.format, "rom") == 0) {
        septum_input(s, b->pack.rom_loader);
    }
    return septum_outputs(s, outputs, count);
}

static int build(const struct build *b, struct septum *s)
{
    struct septum_output output;
    int status = septum_compile(s, &output);

    if (status == EXIT_OK && !check_outputs(b, s, &output)) {
        status = EXIT_INPUT;
    }
    septum_print_errors(s, b->json);
    if (status != EXIT_OK) {
        return status;
    }
    const struct filedata config = {output.config.data, output.config.size};
    const struct filedata blobs = {output.blobs.data, output.blobs.size};

    // The dependencies come before the image, so that an image never stands without them.
    if (!keep(b, s, &output) || !write_depfile(b, s)) {
        return EXIT_INPUT;
    }
    return pack_bytes(&b->pack, &config, &blobs);
}

static int check_words(struct build *b)
{
    if (b->options.hypervisor == NULL || b->pack.output == NULL) {
        return fail_usage("build", "--hypervisor and -o are needed");
    }
    b->options.partitions = b->partitions.items;
    b->options.partition_count = b->partitions.count;
    b->options.search_paths = b->searched.items;
    b->options.search_count = b->searched.count;
    b->pack.hypervisor = b->options.hypervisor;
    b->pack.config = b->options.description;
    b->pack.blobs = b->options.description;
    return pack_format_known("build", &b->pack) ? EXIT_OK : EXIT_USAGE;
}

int cmd_build(int argc, char **argv)
{
    struct build b = {.pack = {.format = "elf"}};
    const struct option table[] = {
        {"--hypervisor", OPTION_TEXT, &b.options.hypervisor, "FILE", "the board's hypervisor"},
        {"-o", OPTION_TEXT, &b.pack.output, "IMAGE", "where the image goes"},
        {"--format", OPTION_TEXT, &b.pack.format, "elf|rom", "for a loader (default) or a ROM"},
        {"--rom-loader", OPTION_TEXT, &b.pack.rom_loader, "FILE", "the board's ROM loader (ELF)"},
        {"--board", OPTION_TEXT, &b.options.board, "NAME", "board, not the description's"},
        {"--board-path", OPTION_TEXT, &b.options.board_path, "DIR", "folder of boards"},
        {"--partition", OPTION_LIST, &b.partitions, "NAME=FILE",
         "FILE stands for the image or file that the description calls NAME"},
        {"--search-path", OPTION_LIST, &b.searched, "DIR", "further folder for images and files"},
        {"--keep", OPTION_TEXT, &b.keep, "DIR",
         "also write system.cfg, system.blobs and device trees there"},
        {"--depfile", OPTION_TEXT, &b.depfile, "FILE", "rule for make and ninja of what was read"},
        {"--json", OPTION_FLAG, &b.json, NULL, "print the errors as JSON on standard output"},
    };
    const struct option_set set = {"build",
                                   "SYSTEM.xml",
                                   "Checks a description, compiles it and packs an image.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   1,
                                   1};
    enum options_result result = options_parse(&set, argc, argv, &b.options.description);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    int status = check_words(&b);

    if (status == EXIT_OK) {
        struct septum *s = septum_open(&b.options);

        status = build(&b, s);
        septum_close(s);
        schema_release();
    }
    return status;
}
