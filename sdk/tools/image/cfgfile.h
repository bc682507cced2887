// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reader of a compiled configuration, for everything in the tool that looks at one. It takes any
// bytes: what it accepts is safe to walk without further checks.

#ifndef SEPTUM_TOOL_CFGFILE_H
#define SEPTUM_TOOL_CFGFILE_H

#include <septum/config.h>

#define CFGFILE_ERROR_MAX 200u

/// A decoded configuration: every record in the host's byte order. Section t of the file is the
/// array <t>s of <t>_count records, for example `slots` and `slot_count`.
struct cfgfile {
    struct sep_cfg_header header;
    bool big_endian;
    char *texts; ///< copy of the text section
#define CFGFILE_SECTION(type)                                                                      \
    struct sep_cfg_##type *type##s;                                                                \
    uint32_t type##_count;
    SEP_CFG_RECORD_LIST(CFGFILE_SECTION)
#undef CFGFILE_SECTION
};

/// Decodes and checks `size` bytes: magic, revision, size, hash, sections, every reference, list and
/// text, and the meanings that readers rely on (cfgfile_check).
/// On failure returns false with a sentence in `error`, and nothing is left to free.
bool cfgfile_parse(struct cfgfile *cfg, const uint8_t *bytes, size_t size,
                   char error[CFGFILE_ERROR_MAX]);

/// Frees what cfgfile_parse() took.
void cfgfile_free(struct cfgfile *cfg);

/// Size of the configuration that begins at `bytes`, for finding one inside an image: the header's
/// word, or 0 where no configuration begins.
uint32_t cfgfile_size_at(const uint8_t *bytes, size_t size);

/// Whether ranges nest, times are ordered and words are known; called by cfgfile_parse().
bool cfgfile_check(const struct cfgfile *cfg, char error[CFGFILE_ERROR_MAX]);

/// Writes the hash that belongs to these bytes of a configuration (at least a header) into `hash`.
void cfgfile_hash(const uint8_t *bytes, size_t size, uint8_t hash[SEP_CFG_HASH_BYTES]);

static inline const char *cfgfile_text(const struct cfgfile *cfg, sep_text_t text)
{
    return cfg->texts + text.offset;
}

static inline const struct sep_cfg_system *cfgfile_system(const struct cfgfile *cfg)
{
    return &cfg->systems[0];
}

/// Whether a slot is a gap, in which nobody runs.
static inline bool cfgfile_is_gap(const struct sep_cfg_slot *s)
{
    return s->vcpu.index == SEP_CFG_NONE && s->pool.index == SEP_CFG_NONE;
}

/// Whether a slot is a pool's.
static inline bool cfgfile_is_pool(const struct sep_cfg_slot *s)
{
    return s->pool.index != SEP_CFG_NONE;
}

/// The partition that runs in a slot that is neither a gap nor a pool's.
static inline const struct sep_cfg_partition *cfgfile_slot_partition(const struct cfgfile *cfg,
                                                                     const struct sep_cfg_slot *s)
{
    return &cfg->partitions[cfg->vcpus[s->vcpu.index].partition.index];
}

/// Bytes of the health monitor's log in the memory of the architecture that the configuration is for: its
/// records hold machine words.
uint64_t cfgfile_log_size(const struct cfgfile *cfg);

/// Name of whose a slot is that is no gap: a partition or a pool.
static inline const char *cfgfile_slot_name(const struct cfgfile *cfg, const struct sep_cfg_slot *s)
{
    return cfgfile_text(cfg, cfgfile_is_pool(s) ? cfg->pools[s->pool.index].name
                                                : cfgfile_slot_partition(cfg, s)->name);
}

/// How interrupts of a record in the section of interrupts come, as the description has it.
const char *cfgfile_delivery(const struct cfgfile *cfg, uint32_t interrupt);

/// Name of an architecture, "?" for an unknown one.
const char *cfgfile_arch_name(uint32_t arch);

#endif
