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

// The fields of each record type, for the one loop that checks them all.
#define FIELD_ROW_system(kind, name, target) SEP_CFG_FIELD_ENTRY(system, kind, name, target),
#define FIELD_ROW_cpu(kind, name, target) SEP_CFG_FIELD_ENTRY(cpu, kind, name, target),
#define FIELD_ROW_plan(kind, name, target) SEP_CFG_FIELD_ENTRY(plan, kind, name, target),
#define FIELD_ROW_slot(kind, name, target) SEP_CFG_FIELD_ENTRY(slot, kind, name, target),
#define FIELD_ROW_partition(kind, name, target) SEP_CFG_FIELD_ENTRY(partition, kind, name, target),
#define FIELD_ROW_vcpu(kind, name, target) SEP_CFG_FIELD_ENTRY(vcpu, kind, name, target),
#define FIELD_ROW_area(kind, name, target) SEP_CFG_FIELD_ENTRY(area, kind, name, target),
#define FIELD_ROW_segment(kind, name, target) SEP_CFG_FIELD_ENTRY(segment, kind, name, target),
#define FIELD_ROW_blob(kind, name, target) SEP_CFG_FIELD_ENTRY(blob, kind, name, target),
#define FIELD_ROW_interrupt(kind, name, target) SEP_CFG_FIELD_ENTRY(interrupt, kind, name, target),
#define FIELD_ROW_reg(kind, name, target) SEP_CFG_FIELD_ENTRY(reg, kind, name, target),
#define FIELD_ROW_action(kind, name, target) SEP_CFG_FIELD_ENTRY(action, kind, name, target),
#define FIELD_ROW_ipvi(kind, name, target) SEP_CFG_FIELD_ENTRY(ipvi, kind, name, target),
#define FIELD_ROW_ipvi_target(kind, name, target)                                                  \
    SEP_CFG_FIELD_ENTRY(ipvi_target, kind, name, target),

#define FIELDS(type)                                                                               \
    static const struct sep_cfg_field fields_##type[] = {SEP_CFG_FIELDS_##type(FIELD_ROW_##type)};
SEP_CFG_RECORD_LIST(FIELDS)
#undef FIELDS

struct record_type {
    const struct sep_cfg_field *fields;
    uint16_t field_count;
    uint16_t size;
};

static const struct record_type record_types[SEP_CFG_TYPE_COUNT] = {
#define RECORD_TYPE(type)                                                                          \
    {fields_##type, sizeof(fields_##type) / sizeof(fields_##type[0]),                              \
     sizeof(struct sep_cfg_##type)},
    SEP_CFG_RECORD_LIST(RECORD_TYPE)
#undef RECORD_TYPE
};

static uint32_t word_at(const uint8_t *record, uint32_t offset)
{
    return *(const uint32_t *)(const void *)(record + offset);
}

// Whether a field of a record points only at what is there.
static bool field_is_sound(const struct sep_cfg_header *header, const struct sep_cfg_field *field,
                           const uint8_t *record)
{
    uint32_t value = word_at(record, field->offset);
    uint32_t count = 0;

    if (field->target != SEP_CFG_TYPE_none) {
        count = header->sections[field->target].count;
    }
    switch (field->kind) {
    case SEP_CFG_KIND_ADDR:
        return (uintptr_t)*(const uint64_t *)(const void *)(record + field->offset) ==
               *(const uint64_t *)(const void *)(record + field->offset);
    case SEP_CFG_KIND_TEXT:
        return value < header->text_size;
    case SEP_CFG_KIND_REF:
        return value < count;
    case SEP_CFG_KIND_OPT:
        return value < count || value == SEP_CFG_NONE;
    case SEP_CFG_KIND_LIST:
        return value <= count && word_at(record, field->offset + 4u) <= count - value;
    default:
        return true;
    }
}

static bool records_are_sound(const struct sep_cfg_header *header, const uint8_t *base,
                              uint32_t type)
{
    const struct record_type *t = &record_types[type];
    const uint8_t *record = base + header->sections[type].offset;

    for (uint32_t i = 0; i < header->sections[type].count; i++) {
        for (uint32_t f = 0; f < t->field_count; f++) {
            if (!field_is_sound(header, &t->fields[f], record)) {
                return false;
            }
        }
        record += t->size;
    }
    return true;
}

static bool section_is_sound(const struct sep_cfg_header *header, uint32_t type)
{
    const struct sep_cfg_section *section = &header->sections[type];

    return section->size == record_types[type].size && section->offset % 8u == 0u &&
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
    bool same = true;

    sha256_init(&hash);
    sha256_update(&hash, base, before);
    sha256_update(&hash, base + before + SHA256_BYTES, header->size - before - SHA256_BYTES);
    sha256_final(&hash, digest);
    for (uint32_t i = 0; i < SHA256_BYTES; i++) {
        same = same && digest[i] == header->sha256[i];
    }
    return same;
}

static const char *check_header(const struct sep_cfg_header *header, uint64_t limit)
{
    if (header->magic != SEP_CFG_MAGIC) {
        return "no compiled configuration behind the hypervisor";
    }
    if (header->abi_revision != SEP_ABI_REVISION) {
        return "the configuration is of another ABI revision";
    }
    if (header->arch != hal_arch) {
        return "the configuration is for another architecture";
    }
    if (header->size < sizeof(*header) || header->size > limit || header->size % 8u != 0u ||
        header->section_count != SEP_CFG_TYPE_COUNT) {
        return "the configuration's size is wrong";
    }
    return NULL;
}

static void open_sections(const struct sep_cfg_header *header, const uint8_t *base)
{
    config.header = header;
    config.text = (const char *)base + header->text_offset;
#define OPEN_SECTION(type)                                                                         \
    config.type =                                                                                  \
        (const struct sep_cfg_##type *)(const void *)(base + header->sections[SEP_CFG_TYPE_##type] \
                                                                 .offset);
    SEP_CFG_RECORD_LIST(OPEN_SECTION)
#undef OPEN_SECTION
}

const char *config_open(const void *base, uint64_t limit)
{
    const struct sep_cfg_header *header = base;
    const char *error = check_header(header, limit);

    if (error != NULL) {
        return error;
    }
    if (!hash_matches(header, base)) {
        return "the configuration is damaged (hash)";
    }
    if (!text_is_sound(header, base) || header->sections[SEP_CFG_TYPE_system].count != 1u) {
        return "the configuration's sections are wrong";
    }
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        if (!section_is_sound(header, type)) {
            return "the configuration's sections are wrong";
        }
    }
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        if (!records_are_sound(header, base, type)) {
            return "a reference of the configuration points outside it";
        }
    }
    open_sections(header, base);
    return NULL;
}
