// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Takes a memory dump apart: the recording's head, and the compiled configuration in it.

#include "decode/dump.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <septum/log.h>

#include "decode/recording.h"

/// Places that look like a configuration are checked by their hash: so many at most.
#define CANDIDATES_MAX 64u

static bool is_recording(const uint8_t *bytes, size_t size)
{
    return size >= 8u && memcmp(bytes, RECORDING_MAGIC, 8) == 0;
}

static bool take_head(struct dump *d, const uint8_t *bytes, size_t size, char *error)
{
    if (size < RECORDING_HEAD) {
        (void)snprintf(error, DUMP_ERROR_MAX, "the recording ends within its head");
        return false;
    }
    uint32_t version = bytes_load32(bytes + 8, true);
    uint64_t length = bytes_load64(bytes + 24, true);

    d->start = bytes_load64(bytes + 16, true);
    if (version != RECORDING_VERSION) {
        (void)snprintf(error, DUMP_ERROR_MAX, "the recording has version %u, this tool reads %u",
                       version, RECORDING_VERSION);
        return false;
    }
    if (length != size - RECORDING_HEAD || !bytes_inside(d->start, length, 0, UINT64_MAX) ||
        d->start % RECORDING_STEP != 0u) {
        (void)snprintf(error, DUMP_ERROR_MAX,
                       "the recording says %" PRIu64 " bytes from 0x%" PRIx64
                       "; it holds %zu bytes",
                       length, d->start, size - RECORDING_HEAD);
        return false;
    }
    d->placed = true;
    d->bytes = bytes + RECORDING_HEAD;
    d->size = size - RECORDING_HEAD;
    return true;
}

/// Bytes of the UTF-8 letter that begins here; 0: none does.
static size_t letter(const uint8_t *text)
{
    static const uint8_t least[] = {0, 0, 0xc2, 0xe0, 0xf0};
    size_t length = text[0] < 0x80u ? 1u : text[0] < 0xe0u ? 2u : text[0] < 0xf0u ? 3u : 4u;

    if (length == 1u) {
        return text[0] >= ' ' && text[0] != 0x7fu ? 1u : 0u;
    }
    if (text[0] < least[length] || text[0] > 0xf4u || (text[0] == 0xe0u && text[1] < 0xa0u) ||
        (text[0] == 0xedu && text[1] > 0x9fu) || (text[0] == 0xf0u && text[1] < 0x90u) ||
        (text[0] == 0xf4u && text[1] > 0x8fu)) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0u) != 0x80u) {
            return 0; // also at the text's end
        }
    }
    return length;
}

/// The names go into pages and lists of every kind: what is no text becomes '?'.
static void clean_texts(struct cfgfile *cfg)
{
    size_t size = cfg->header.text_size;

    for (size_t at = 0; at < size;) {
        size_t length = cfg->texts[at] == '\0' ? 1u : letter((const uint8_t *)cfg->texts + at);

        if (length == 0u) {
            cfg->texts[at] = '?';
            length = 1;
        }
        at += length;
    }
}

/// Whether a configuration lies where it says itself that one may: in the hypervisor's memory, in front
/// of the run-time state, which begins behind it.
static bool in_place(const struct dump *d, const struct cfgfile *cfg, uint64_t address)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);

    return !d->placed || (address >= s->hypervisor_start && address < s->arena_start);
}

/// The next sound configuration from *at on. It is left at *at.
static bool next_configuration(const struct dump *d, size_t *at, unsigned *candidates,
                               struct cfgfile *cfg)
{
    char error[CFGFILE_ERROR_MAX];

    for (; *at < d->size && *candidates < CANDIDATES_MAX; *at += RECORDING_STEP) {
        uint32_t size = cfgfile_size_at(d->bytes + *at, d->size - *at);

        if (size < sizeof(struct sep_cfg_header) || size > d->size - *at) {
            continue;
        }
        *candidates += 1u;
        if (cfgfile_parse(cfg, d->bytes + *at, size, error)) {
            if (in_place(d, cfg, d->start + *at)) {
                return true;
            }
            cfgfile_free(cfg);
        }
    }
    return false;
}

/// Takes the first one: the hypervisor's lies in front of all that partitions can write in its memory.
static void find_configuration(struct dump *d)
{
    struct cfgfile other;
    unsigned candidates = 0;
    size_t at = 0;

    d->configured = next_configuration(d, &at, &candidates, &d->cfg);
    if (d->configured) {
        d->big_endian = d->cfg.big_endian;
        d->at = d->start + at;
        clean_texts(&d->cfg);
        at += RECORDING_STEP;
        if (next_configuration(d, &at, &candidates, &other)) {
            d->second = d->start + at;
            cfgfile_free(&other);
        }
    }
}

bool dump_open(struct dump *dump, const uint8_t *bytes, size_t size, const uint64_t *start,
               char error[DUMP_ERROR_MAX])
{
    *dump = (struct dump){.bytes = bytes, .size = size};
    if (is_recording(bytes, size)) {
        if (!take_head(dump, bytes, size, error)) {
            return false;
        }
    } else if (start != NULL) {
        dump->start = *start;
        dump->placed = true;
        if (*start % RECORDING_STEP != 0u || !bytes_inside(*start, size, 0, UINT64_MAX)) {
            (void)snprintf(error, DUMP_ERROR_MAX,
                           "%zu bytes cannot lie at 0x%" PRIx64 ": the address must be a multiple "
                           "of %u, and nothing lies behind 2^64",
                           size, *start, RECORDING_STEP);
            return false;
        }
    }
    dump->pool = pool_new();
    find_configuration(dump);
    return true;
}

void dump_close(struct dump *dump)
{
    if (dump->configured) {
        cfgfile_free(&dump->cfg);
    }
    pool_free(dump->pool);
    *dump = (struct dump){.pool = NULL};
}

bool dump_has_partition(const struct dump *dump, uint32_t partition)
{
    return partition < (dump->configured ? dump->cfg.partition_count : DUMP_PARTITIONS_MAX);
}

const char *dump_partition(const struct dump *dump, uint32_t partition)
{
    if (partition == SEP_LOG_HYPERVISOR) {
        return "hypervisor";
    }
    if (dump->configured && partition < dump->cfg.partition_count) {
        return cfgfile_text(&dump->cfg, dump->cfg.partitions[partition].name);
    }
    return pool_printf(dump->pool, "partition %u", partition);
}

const char *dump_channel(const struct dump *dump, uint32_t channel)
{
    return dump->configured && channel < dump->cfg.channel_count
               ? cfgfile_text(&dump->cfg, dump->cfg.channels[channel].name)
               : NULL;
}
