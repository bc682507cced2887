// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Whether the parts of a system image belong together.

#include <inttypes.h>
#include <string.h>

#include "image/bytes.h"
#include "image/fail.h"
#include "image/pack.h"
#include "image/sha256.h"

static bool fits_build(const char *path, const struct cfgfile *cfg, const struct hypervisor *h)
{
    if (cfg->header.arch != h->info.arch || cfg->big_endian != h->image.big_endian) {
        return fail(path, "SEP9020", "is for %s, the hypervisor for %s",
                    cfgfile_arch_name(cfg->header.arch), cfgfile_arch_name(h->info.arch));
    }
    if (cfg->header.abi_revision != h->info.abi_revision) {
        return fail(path, "SEP9021", "has ABI revision %u, the hypervisor %u",
                    cfg->header.abi_revision, h->info.abi_revision);
    }
    if (cfg->partition_count > h->info.partitions_max || cfg->cpu_count > h->info.cpus_max) {
        return fail(path, "SEP9022",
                    "has %u partitions and %u processors; this hypervisor runs %u and %u",
                    cfg->partition_count, cfg->cpu_count, h->info.partitions_max, h->info.cpus_max);
    }
    return true;
}

static bool fits_memory(const char *path, const struct cfgfile *cfg, const struct hypervisor *h)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);
    uint64_t config_end = hypervisor_config_address(h) + cfg->header.size;

    if (!bytes_inside(h->start, h->end - h->start, s->hypervisor_start, s->hypervisor_size)) {
        return fail(path, "SEP9023",
                    "gives the hypervisor 0x%" PRIx64 " to 0x%" PRIx64
                    ", its binary lies at 0x%" PRIx64 " to 0x%" PRIx64,
                    s->hypervisor_start, s->hypervisor_start + s->hypervisor_size, h->start,
                    h->end);
    }
    if (config_end > s->arena_start) {
        return fail(path, "SEP9024",
                    "was compiled for a smaller hypervisor: the arena begins at 0x%" PRIx64
                    ", hypervisor and configuration end at 0x%" PRIx64
                    "; compile it again with this hypervisor",
                    s->arena_start, config_end);
    }
    return true;
}

bool pack_fits(const char *path, const struct cfgfile *cfg, const struct hypervisor *h)
{
    return fits_build(path, cfg, h) && fits_memory(path, cfg, h);
}

bool pack_blobs_intact(const char *path, const struct cfgfile *cfg, const struct filedata *blobs)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);
    bool intact = true;

    if (blobs->size != s->blobs_size) {
        return fail(path, "SEP9025", "has %zu bytes, the configuration says %" PRIu64, blobs->size,
                    s->blobs_size);
    }
    for (uint32_t i = 0; i < cfg->blob_count; i++) {
        const struct sep_cfg_blob *b = &cfg->blobs[i];
        uint8_t hash[SHA256_BYTES];

        sha256_two(blobs->bytes + (b->start - s->blobs_start), b->size, "", 0, hash);
        if (memcmp(hash, b->sha256, sizeof(hash)) != 0) {
            intact = fail(path, "SEP9026", "'%s' does not have the hash in the configuration",
                          cfgfile_text(cfg, b->name));
        }
    }
    return intact;
}
