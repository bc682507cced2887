// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Puts hypervisor, compiled configuration and packed images together.

#ifndef SEPTUM_TOOL_PACK_H
#define SEPTUM_TOOL_PACK_H

#include "image/cfgfile.h"
#include "image/hypervisor.h"

struct pack_request {
    const char *hypervisor; ///< paths of the inputs
    const char *config;
    const char *blobs;
    const char *format;     ///< "elf" or "rom"
    const char *rom_loader; ///< for "rom"
    const char *output;
};

/// Checks the format and that a ROM image has its loader; says on stderr what is wrong.
bool pack_format_known(const char *command, const struct pack_request *request);

/// Reads, checks and writes. Errors go to stderr and leave no output.
/// @return an exit status
int pack(const struct pack_request *request);

/// The same for a configuration and packed images that are in memory; `config` and `blobs` of the
/// request are their names in messages.
int pack_bytes(const struct pack_request *request, const struct filedata *config,
               const struct filedata *blobs);

/// Whether a configuration was made for a hypervisor: architecture, revision, byte order, counts,
/// memory. Says on stderr, for `path`, what does not fit.
bool pack_fits(const char *path, const struct cfgfile *cfg, const struct hypervisor *h);

/// Whether every packed image, file and information block has its hash. `blobs` are the bytes of
/// the blobs area.
bool pack_blobs_intact(const char *path, const struct cfgfile *cfg, const struct filedata *blobs);

#endif
