// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Opens the compiled configuration: nothing in it is used before every count and reference has been
// checked against the file's own bounds.

#include <hal/boot.h>
#include <kernel/config.h>
#include <kernel/sha256.h>

#include <stddef.h>

struct config config;

// The fields that can be wrong by themselves, for the one loop that checks them all: those of every
// kind but U32 and HASH.
struct field {
    uint8_t record; ///< enum sep_cfg_type
    uint8_t kind;   ///< enum sep_cfg_kind
    uint8_t target; ///< enum sep_cfg_type
    uint8_t word;   ///< offset in words
};

#define CHECK_U32(...)
#define CHECK_HASH(...)
#define CHECK_ADDR(...) FIELD_ROW(__VA_ARGS__)
#define CHECK_U64(...) FIELD_ROW(__VA_ARGS__)
#define CHECK_TEXT(...) FIELD_ROW(__VA_ARGS__)
#define CHECK_REF(...) FIELD_ROW(__VA_ARGS__)
#define CHECK_OPT(...) FIELD_ROW(__VA_ARGS__)
#define CHECK_LIST(...) FIELD_ROW(__VA_ARGS__)
#define FIELD_ROW(record, kind, name, target)                                                      \
    {SEP_CFG_TYPE_##record, SEP_CFG_KIND_##kind, SEP_CFG_TYPE_##target,                            \
     offsetof(struct sep_cfg_##record, name) / 4u},
#define CHECK(record, kind, name, target) CHECK_##kind(record, kind, name, target)
#define CHECK_system(kind, name, target) CHECK(system, kind, name, target)
#define CHECK_cpu(kind, name, target) CHECK(cpu, kind, name, target)
#define CHECK_plan(kind, name, target) CHECK(plan, kind, name, target)
#define CHECK_slot(kind, name, target) CHECK(slot, kind, name, target)
#define CHECK_pool(kind, name, target) CHECK(pool, kind, name, target)
#define CHECK_member(kind, name, target) CHECK(member, kind, name, target)
#define CHECK_fast(kind, name, target) CHECK(fast, kind, name, target)
#define CHECK_partition(kind, name, target) CHECK(partition, kind, name, target)
#define CHECK_vcpu(kind, name, target) CHECK(vcpu, kind, name, target)
#define CHECK_area(kind, name, target) CHECK(area, kind, name, target)
#define CHECK_segment(kind, name, target) CHECK(segment, kind, name, target)
#define CHECK_blob(kind, name, target) CHECK(blob, kind, name, target)
#define CHECK_interrupt(kind, name, target) CHECK(interrupt, kind, name, target)
#define CHECK_reg(kind, name, target) CHECK(reg, kind, name, target)
#define CHECK_action(kind, name, target) CHECK(action, kind, name, target)
#define CHECK_ipvi(kind, name, target) CHECK(ipvi, kind, name, target)
#define CHECK_ipvi_target(kind, name, target) CHECK(ipvi_target, kind, name, target)
#define CHECK_port(kind, name, target) CHECK(port, kind, name, target)
#define CHECK_channel(kind, name, target) CHECK(channel, kind, name, target)
#define CHECK_channel_end(kind, name, target) CHECK(channel_end, kind, name, target)
#define CHECK_vdevice(kind, name, target) CHECK(vdevice, kind, name, target)
#define FIELDS(type) SEP_CFG_FIELDS_##type(CHECK_##type)

static const struct field fields[] = {SEP_CFG_RECORD_LIST(FIELDS)};

static const uint8_t record_sizes[SEP_CFG_TYPE_COUNT] = {
#define RECORD_SIZE(type) sizeof(struct sep_cfg_##type),
    SEP_CFG_RECORD_LIST(RECORD_SIZE)
#undef RECORD_SIZE
};

// A text that begins inside the section ends there too (text_is_sound()). A blob's is the path of a
// file, for the tool only.
static bool text_is_name(const struct field *field, const char *text)
{
    const char *c = text;

    while (*c != '\0') {
        c++;
    }
    return c - text < SEP_NAME_MAX || field->record == SEP_CFG_TYPE_blob;
}

// Whether a field points only at what is there.
static bool field_is_sound(const struct sep_cfg_header *header, const struct field *field,
                           const uint32_t *word)
{
    const uint64_t *wide = (const void *)word;
    uint32_t count;

    switch (field->kind) {
    case SEP_CFG_KIND_ADDR:
        return (uintptr_t)*wide == *wide;
    case SEP_CFG_KIND_U64: // times: sums and differences of two keep their sign
        return *wide >> 62 == 0u;
    case SEP_CFG_KIND_TEXT:
        return word[0] < header->text_size &&
               text_is_name(field, (const char *)header + header->text_offset + word[0]);
    case SEP_CFG_KIND_LIST:
        count = header->sections[field->target].count;
        return word[0] <= count && word[1] <= count - word[0];
    default: // SEP_CFG_KIND_REF, or OPT
        return word[0] < header->sections[field->target].count ||
               (field->kind == SEP_CFG_KIND_OPT && word[0] == SEP_CFG_NONE);
    }
}

static bool fields_are_sound(const struct sep_cfg_header *header, const uint8_t *base)
{
    for (const struct field *field = fields; field != fields + sizeof(fields) / sizeof(*field);
         field++) {
        const struct sep_cfg_section *section = &header->sections[field->record];
        const uint8_t *record = base + section->offset;

        for (uint32_t i = 0; i < section->count; i++) {
            if (!field_is_sound(header, field,
                                (const uint32_t *)(const void *)record + field->word)) {
                return false;
            }
            record += section->size;
        }
    }
    return true;
}

static bool section_is_sound(const struct sep_cfg_header *header, uint32_t type)
{
    const struct sep_cfg_section *section = &header->sections[type];

    return section->size == record_sizes[type] && section->offset % 8u == 0u &&
           section->offset >= sizeof(*header) && section->offset <= header->size &&
           section->count <= (header->size - section->offset) / section->size;
}

static bool text_is_sound(const struct sep_cfg_header *header, const uint8_t *base)
{
    return header->text_offset >= sizeof(*header) && header->text_offset <= header->size &&
           header->text_size != 0u && header->text_size <= header->size - header->text_offset &&
           base[header->text_offset + header->text_size - 1u] == 0u;
}

static bool hash_matches(const struct sep_cfg_header *header, const uint8_t *base)
{
    const uint32_t before = offsetof(struct sep_cfg_header, sha256);
    struct sha256 hash;
    uint8_t digest[SHA256_BYTES];

    sha256_init(&hash);
    sha256_update(&hash, base, before);
    sha256_update(&hash, base + before + SHA256_BYTES, header->size - before - SHA256_BYTES);
    sha256_final(&hash, digest);
    return __builtin_memcmp(digest, header->sha256, SHA256_BYTES) == 0;
}

static const char *check_header(const struct sep_cfg_header *header, uint32_t limit)
{
    if (header->magic != SEP_CFG_MAGIC) {
        return "none behind the hypervisor";
    }
    if (header->abi_revision != SEP_ABI_REVISION) {
        return "another ABI revision";
    }
    if (header->arch != hal_arch) {
        return "another architecture";
    }
    if (header->size < sizeof(*header) || header->size > limit || header->size % 8u != 0u ||
        header->section_count != SEP_CFG_TYPE_COUNT) {
        return "wrong size";
    }
    return NULL;
}

static void open_sections(const struct sep_cfg_header *header, const uint8_t *base)
{
    config.header = header;
    config.text = (const char *)base + header->text_offset;
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        config.records[type] = base + header->sections[type].offset;
    }
}

const char *config_open(const void *base, uint32_t limit)
{
    const struct sep_cfg_header *header = base;
    const char *error = check_header(header, limit);

    if (error != NULL) {
        return error;
    }
    if (!hash_matches(header, base)) {
        return "damaged (hash)";
    }
    if (!text_is_sound(header, base) || header->sections[SEP_CFG_TYPE_system].count != 1u) {
        return "wrong sections";
    }
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        if (!section_is_sound(header, type)) {
            return "wrong sections";
        }
    }
    if (!fields_are_sound(header, base)) {
        return "a reference points outside";
    }
    open_sections(header, base);
    return NULL;
}
