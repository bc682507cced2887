// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum pack: a system image from its parts.

#include "base/options.h"
#include "cmd/commands.h"
#include "image/fail.h"
#include "image/pack.h"

int cmd_pack(int argc, char **argv)
{
    struct pack_request r = {.format = "elf"};
    const struct option table[] = {
        {"--hypervisor", OPTION_TEXT, &r.hypervisor, "FILE", "the hypervisor of the board (ELF)"},
        {"--config", OPTION_TEXT, &r.config, "FILE", "compiled configuration"},
        {"--blobs", OPTION_TEXT, &r.blobs, "FILE", "packed images that belong to it"},
        {"--format", OPTION_TEXT, &r.format, "elf|rom",
         "ELF file for a loader (default), or ROM image that starts by itself"},
        {"--rom-loader", OPTION_TEXT, &r.rom_loader, "FILE", "the board's ROM loader (ELF)"},
        {"-o", OPTION_TEXT, &r.output, "IMAGE", "where the image goes"},
    };
    const struct option_set set = {"pack",
                                   "",
                                   "Puts hypervisor, compiled configuration and packed images, "
                                   "each checked against its hash, into one image.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   0,
                                   0};
    enum options_result result = options_parse(&set, argc, argv, NULL);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if (r.hypervisor == NULL || r.config == NULL || r.blobs == NULL || r.output == NULL) {
        return fail_usage("pack", "--hypervisor, --config, --blobs and -o are needed");
    }
    return pack_format_known("pack", &r) ? pack(&r) : EXIT_USAGE;
}
