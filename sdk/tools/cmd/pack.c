// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum pack: a system image from its parts.

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/image_commands.h"
#include "image/fail.h"
#include "image/pack.h"

static const char USAGE[] =
    "usage: septum pack --hypervisor FILE --config FILE --blobs FILE -o IMAGE [options]\n"
    "Puts hypervisor, compiled configuration and packed images together.\n"
    "  --hypervisor FILE   the hypervisor of the board (ELF)\n"
    "  --config FILE       compiled configuration, from septum compile\n"
    "  --blobs FILE        packed images, from septum compile\n"
    "  --format elf|rom    ELF file for a loader (default) or ROM image that starts by itself\n"
    "  --rom-loader FILE   the board's ROM loader (ELF), for --format rom\n"
    "  -o, --output FILE   the image\n"
    "  --help              this text\n";

enum { OPT_HYPERVISOR = 256, OPT_CONFIG, OPT_BLOBS, OPT_FORMAT, OPT_LOADER, OPT_HELP };

static const struct option options[] = {
    {"hypervisor", required_argument, NULL, OPT_HYPERVISOR},
    {"config", required_argument, NULL, OPT_CONFIG},
    {"blobs", required_argument, NULL, OPT_BLOBS},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"rom-loader", required_argument, NULL, OPT_LOADER},
    {"output", required_argument, NULL, 'o'},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

/// Stores one option; false: unknown.
static bool take(struct pack_request *r, const char **format, int option)
{
    switch (option) {
    case OPT_HYPERVISOR:
        r->hypervisor = optarg;
        return true;
    case OPT_CONFIG:
        r->config = optarg;
        return true;
    case OPT_BLOBS:
        r->blobs = optarg;
        return true;
    case OPT_FORMAT:
        *format = optarg;
        return true;
    case OPT_LOADER:
        r->rom_loader = optarg;
        return true;
    case 'o':
        r->output = optarg;
        return true;
    default:
        return false;
    }
}

int pack_check_format(const char *command, const char *format, const char **rom_loader)
{
    bool rom = strcmp(format, "rom") == 0;

    if (!rom && strcmp(format, "elf") != 0) {
        return fail_usage(command, "unknown format '%s'; known are elf and rom", format);
    }
    if (rom && *rom_loader == NULL) {
        return fail_usage(command, "--format rom needs --rom-loader");
    }
    *rom_loader = rom ? *rom_loader : NULL;
    return EXIT_OK;
}

int cmd_pack(int argc, char **argv)
{
    struct pack_request request = {NULL, NULL, NULL, NULL, NULL};
    const char *format = "elf";

    for (int o; (o = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        if (o == OPT_HELP) {
            (void)fputs(USAGE, stdout);
            return EXIT_OK;
        }
        if (!take(&request, &format, o)) {
            return EXIT_USAGE;
        }
    }
    if (optind != argc || request.hypervisor == NULL || request.config == NULL ||
        request.blobs == NULL || request.output == NULL) {
        return fail_usage("pack", "--hypervisor, --config, --blobs and -o are needed");
    }
    int status = pack_check_format("pack", format, &request.rom_loader);

    return status == EXIT_OK ? pack(&request) : status;
}
