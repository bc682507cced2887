// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Decodes a compiled configuration by the field table of septum/config.h.

#include "image/cfgfile.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <septum/arena.h>
#include <septum/log.h>

#include "image/bytes.h"
#include "image/sha256.h"

// Field lists as data. Records have no padding (asserted in config.h), so that a field's offset is
// the sum of the sizes before it, in the file as in the host's struct.
#define FIELD(kind, name, target) {SEP_CFG_KIND_##kind, SEP_CFG_TYPE_##target, 0},
#define FIELDS(type)                                                                               \
    static const struct sep_cfg_field fields_##type[] = {SEP_CFG_FIELDS_##type(FIELD)};
SEP_CFG_RECORD_LIST(FIELDS)

static const unsigned kind_size[] = {
    [SEP_CFG_KIND_ADDR] = SEP_CFG_SIZE_ADDR, [SEP_CFG_KIND_U64] = SEP_CFG_SIZE_U64,
    [SEP_CFG_KIND_U32] = SEP_CFG_SIZE_U32,   [SEP_CFG_KIND_TEXT] = SEP_CFG_SIZE_TEXT,
    [SEP_CFG_KIND_REF] = SEP_CFG_SIZE_REF,   [SEP_CFG_KIND_OPT] = SEP_CFG_SIZE_OPT,
    [SEP_CFG_KIND_LIST] = SEP_CFG_SIZE_LIST, [SEP_CFG_KIND_HASH] = SEP_CFG_SIZE_HASH,
};

static const struct record_type {
    const char *name;
    const struct sep_cfg_field *fields;
    uint32_t field_count;
    uint32_t size;
} record_types[] = {
#define RECORD(type)                                                                               \
    {#type, fields_##type, sizeof(fields_##type) / sizeof(fields_##type[0]),                       \
     sizeof(struct sep_cfg_##type)},
    SEP_CFG_RECORD_LIST(RECORD)};

static const size_t HASH_AT = offsetof(struct sep_cfg_header, sha256);

static void decode_header(struct sep_cfg_header *h, const uint8_t *bytes, bool big)
{
    uint32_t word[sizeof(*h) / 4u];

    for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
        word[i] = bytes_load32(bytes + 4u * i, big);
    }
    memcpy(h, word, sizeof(*h));
    memcpy(h->sha256, bytes + HASH_AT, sizeof(h->sha256));
}

void cfgfile_hash(const uint8_t *bytes, size_t size, uint8_t hash[SEP_CFG_HASH_BYTES])
{
    size_t behind = HASH_AT + SEP_CFG_HASH_BYTES;

    sha256_two(bytes, HASH_AT, bytes + behind, size - behind, hash);
}

uint32_t cfgfile_size_at(const uint8_t *bytes, size_t size)
{
    for (unsigned big = 0; size >= sizeof(struct sep_cfg_header) && big < 2u; big++) {
        if (bytes_load32(bytes, big != 0u) == SEP_CFG_MAGIC) {
            return bytes_load32(bytes + offsetof(struct sep_cfg_header, size), big != 0u);
        }
    }
    return 0;
}

static bool check_header(const struct sep_cfg_header *h, const uint8_t *bytes, size_t size,
                         char *error)
{
    uint8_t hash[SEP_CFG_HASH_BYTES];

    if (h->abi_revision != SEP_ABI_REVISION) {
        (void)snprintf(error, CFGFILE_ERROR_MAX,
                       "the configuration has ABI revision %u, this tool reads %u", h->abi_revision,
                       SEP_ABI_REVISION);
        return false;
    }
    if (h->size != size || size % 8u != 0u || h->section_count != SEP_CFG_TYPE_COUNT) {
        (void)snprintf(error, CFGFILE_ERROR_MAX,
                       "the configuration says %u bytes and %u sections; there are %zu bytes and "
                       "this revision has %u sections",
                       h->size, h->section_count, size, (unsigned)SEP_CFG_TYPE_COUNT);
        return false;
    }
    cfgfile_hash(bytes, size, hash);
    if (memcmp(hash, h->sha256, sizeof(hash)) != 0) {
        (void)snprintf(error, CFGFILE_ERROR_MAX, "the configuration's hash does not fit its bytes");
        return false;
    }
    return true;
}

/// Sections lie behind each other in the order of the record types: `end` is where the one before
/// ends, and moves on.
static bool check_section(const struct sep_cfg_header *h, uint32_t type, uint64_t *end, char *error)
{
    const struct sep_cfg_section *s = &h->sections[type];
    uint64_t bytes = (uint64_t)s->count * record_types[type].size;

    if (s->size != record_types[type].size) {
        (void)snprintf(error, CFGFILE_ERROR_MAX, "records of type '%s' have %u bytes, not %u",
                       record_types[type].name, s->size, record_types[type].size);
        return false;
    }
    if (s->offset % 8u != 0u || !bytes_inside(s->offset, bytes, *end, h->size - *end)) {
        (void)snprintf(error, CFGFILE_ERROR_MAX,
                       "section '%s' overlaps another or the configuration's end",
                       record_types[type].name);
        return false;
    }
    *end = s->offset + bytes;
    return true;
}

static bool check_texts(const struct sep_cfg_header *h, const uint8_t *bytes, char *error)
{
    if (h->text_size == 0u ||
        !bytes_inside(h->text_offset, h->text_size, sizeof(*h), h->size - sizeof(*h)) ||
        bytes[h->text_offset + h->text_size - 1u] != 0u) {
        (void)snprintf(error, CFGFILE_ERROR_MAX,
                       "the text section lies outside the configuration or has no end");
        return false;
    }
    return true;
}

/// Whether the words of a reference, list or text point at something that exists.
static bool reference_valid(const struct sep_cfg_header *h, const struct sep_cfg_field *field,
                            const uint32_t words[2])
{
    uint32_t count = field->target < SEP_CFG_TYPE_COUNT ? h->sections[field->target].count : 0u;

    switch (field->kind) {
    case SEP_CFG_KIND_TEXT:
        return words[0] < h->text_size;
    case SEP_CFG_KIND_REF:
        return words[0] < count;
    case SEP_CFG_KIND_OPT:
        return words[0] < count || words[0] == SEP_CFG_NONE;
    case SEP_CFG_KIND_LIST:
        return words[0] <= count && words[1] <= count - words[0];
    default:
        return true;
    }
}

/// Copies one field into the host's byte order; false: it refers to nothing.
static bool decode_field(const struct cfgfile *cfg, const struct sep_cfg_field *field,
                         const uint8_t *from, uint8_t *to)
{
    uint64_t value = 0;
    uint32_t words[2] = {0, 0};

    switch (field->kind) {
    case SEP_CFG_KIND_ADDR:
    case SEP_CFG_KIND_U64:
        value = bytes_load64(from, cfg->big_endian);
        memcpy(to, &value, sizeof(value));
        return true;
    case SEP_CFG_KIND_HASH:
        memcpy(to, from, SEP_CFG_HASH_BYTES);
        return true;
    case SEP_CFG_KIND_LIST:
        words[1] = bytes_load32(from + 4, cfg->big_endian);
        break;
    default:
        break;
    }
    words[0] = bytes_load32(from, cfg->big_endian);
    memcpy(to, words, kind_size[field->kind]);
    return reference_valid(&cfg->header, field, words);
}

/// One section into freshly taken memory; NULL with a sentence in `error` when a record is wrong.
static void *decode_section(const struct cfgfile *cfg, uint32_t type, const uint8_t *bytes,
                            char *error)
{
    const struct record_type *record = &record_types[type];
    const struct sep_cfg_section *s = &cfg->header.sections[type];
    size_t size = (size_t)s->count * record->size;
    uint8_t *out = calloc(1, size + 1u); // at least one byte, so that NULL means failure
    size_t at = 0;

    for (uint32_t i = 0; out != NULL && at < size; i++) {
        const struct sep_cfg_field *field = &record->fields[i % record->field_count];

        if (!decode_field(cfg, field, bytes + s->offset + at, out + at)) {
            (void)snprintf(error, CFGFILE_ERROR_MAX,
                           "record %u of section '%s' refers to something that does not exist "
                           "(byte %zu of the configuration)",
                           i / record->field_count, record->name, s->offset + at);
            free(out);
            return NULL;
        }
        at += kind_size[field->kind];
    }
    return out;
}

static bool decode_sections(struct cfgfile *cfg, const uint8_t *bytes, char *error)
{
    const struct sep_cfg_header *h = &cfg->header;
    uint64_t end = sizeof(*h);

    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        if (!check_section(h, type, &end, error)) {
            return false;
        }
    }
    cfg->texts = malloc(h->text_size);
    if (cfg->texts == NULL) {
        (void)snprintf(error, CFGFILE_ERROR_MAX, "out of memory");
        return false;
    }
    memcpy(cfg->texts, bytes + h->text_offset, h->text_size);
#define DECODE(type)                                                                               \
    cfg->type##s = decode_section(cfg, SEP_CFG_TYPE_##type, bytes, error);                         \
    cfg->type##_count = h->sections[SEP_CFG_TYPE_##type].count;                                    \
    if (cfg->type##s == NULL) {                                                                    \
        return false;                                                                              \
    }
    SEP_CFG_RECORD_LIST(DECODE)
#undef DECODE
    return true;
}

bool cfgfile_parse(struct cfgfile *cfg, const uint8_t *bytes, size_t size,
                   char error[CFGFILE_ERROR_MAX])
{
    memset(cfg, 0, sizeof(*cfg));
    (void)snprintf(error, CFGFILE_ERROR_MAX, "out of memory");
    if (cfgfile_size_at(bytes, size) == 0u) {
        (void)snprintf(error, CFGFILE_ERROR_MAX, "no compiled configuration begins here");
        return false;
    }
    cfg->big_endian = bytes_load32(bytes, true) == SEP_CFG_MAGIC;
    decode_header(&cfg->header, bytes, cfg->big_endian);
    if (check_header(&cfg->header, bytes, size, error) && check_texts(&cfg->header, bytes, error) &&
        decode_sections(cfg, bytes, error) && cfgfile_check(cfg, error)) {
        return true;
    }
    cfgfile_free(cfg);
    return false;
}

void cfgfile_free(struct cfgfile *cfg)
{
#define FREE(type) free(cfg->type##s);
    SEP_CFG_RECORD_LIST(FREE)
#undef FREE
    free(cfg->texts);
    memset(cfg, 0, sizeof(*cfg));
}

static const struct {
    const char *name;
    uint32_t word; // bytes of a machine word
} archs[] = {
    [SEP_ARCH_HOST] = {"host", 8},     [SEP_ARCH_SPARC] = {"sparc", 4},
    [SEP_ARCH_ARM64] = {"arm64", 8},   [SEP_ARCH_MIPS] = {"mips", 4},
    [SEP_ARCH_X86_64] = {"x86_64", 8},
};

const char *cfgfile_delivery(const struct cfgfile *cfg, uint32_t interrupt)
{
    for (uint32_t i = 0; i < cfg->fast_count; i++) {
        if (cfg->fasts[i].interrupt.index == interrupt) {
            return cfg->fasts[i].delivery == SEP_DELIVERY_RESET ? "reset" : "recycle";
        }
    }
    return "deferred";
}

const char *cfgfile_arch_name(uint32_t arch)
{
    return arch < sizeof(archs) / sizeof(archs[0]) ? archs[arch].name : "?";
}

uint64_t cfgfile_log_size(const struct cfgfile *cfg)
{
    uint32_t arch = cfg->header.arch;
    uint32_t word = arch < sizeof(archs) / sizeof(archs[0]) ? archs[arch].word : 0;

    return sep_arena_log((uint32_t)offsetof(struct sep_hm_record, registers) +
                             (word * SEP_LOG_REGISTERS),
                         cfgfile_system(cfg)->log_records);
}
