// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A hypervisor binary as the packer and the report see it: what is loaded where, how large its parts
// are, and what its build says about itself.

#ifndef SEPTUM_TOOL_HYPERVISOR_H
#define SEPTUM_TOOL_HYPERVISOR_H

#include <septum/build_info.h>

#include "image/image.h"

struct hypervisor {
    struct filedata file;
    struct image image;
    uint64_t start;      ///< physical
    uint64_t end;        ///< physical, behind the last byte that it uses
    uint64_t code_bytes; ///< every allocated read-only section
    uint64_t data_bytes; ///< from the first to the last byte of writable sections, bss too
#define HYPERVISOR_INFO(key, meaning) uint32_t key;
    struct {
        SEP_BUILD_INFO_LIST(HYPERVISOR_INFO)
    } info; ///< build information, by key
#undef HYPERVISOR_INFO
};

/// Reads a hypervisor's ELF file with its build information. Says on stderr what is wrong with it;
/// then nothing is left to close.
bool hypervisor_open(const char *path, struct hypervisor *h);

void hypervisor_close(struct hypervisor *h);

/// Where the compiled configuration lies: the first granule behind the hypervisor.
uint64_t hypervisor_config_address(const struct hypervisor *h);

#endif
