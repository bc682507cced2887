// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The listing as text, and the words that both listings use.

#include "image/list.h"

#include <inttypes.h>
#include <string.h>

#include <septum/info.h>
#include <septum/port.h>

#include "image/ports.h"
#include "image/sha256.h"
#include "image/virtual.h"

const char *list_blob_state(const struct system_image *system, const struct sep_cfg_blob *blob)
{
    const struct sep_cfg_system *s = cfgfile_system(&system->cfg);
    uint8_t hash[SHA256_BYTES];

    if (system->blobs == NULL) {
        return "absent";
    }
    sha256_two(system->blobs + (blob->start - s->blobs_start), blob->size, "", 0, hash);
    return memcmp(hash, blob->sha256, sizeof(hash)) == 0 ? "intact" : "damaged";
}

const char *list_blob_kind(const struct sep_cfg_blob *blob)
{
    static const char *const kinds[] = {"image", "file", "info", "ramdisk", "tree"};

    return blob->kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[blob->kind] : "?";
}

const char *list_resets(uint32_t flags)
{
    if ((flags & SEP_PARTITION_NO_RESET) != 0u) {
        return "none";
    }
    return (flags & SEP_PARTITION_COLD_ONLY) != 0u ? "cold" : "any";
}

void list_rights(uint32_t flags, char text[LIST_RIGHTS_MAX])
{
    (void)snprintf(
        text, LIST_RIGHTS_MAX, "%s%s%s%s%s%s%s%s", (flags & SEP_AREA_READ) != 0u ? "r" : "-",
        (flags & SEP_AREA_WRITE) != 0u ? "w" : "-", (flags & SEP_AREA_EXECUTE) != 0u ? "x" : "-",
        (flags & SEP_AREA_UNCACHED) != 0u ? " uncached" : "",
        (flags & SEP_AREA_SHARED) != 0u ? " shared" : "",
        (flags & SEP_AREA_DEVICE) != 0u ? " device" : "",
        (flags & SEP_AREA_INFO) != 0u ? " info" : "", (flags & SEP_AREA_FILE) != 0u ? " file" : "");
}

static void range(FILE *out, const char *what, uint64_t start, uint64_t size)
{
    (void)fprintf(out, "  %-14s 0x%08" PRIx64 "  %10" PRIu64 " bytes\n", what, start, size);
}

static void hash_line(FILE *out, const uint8_t hash[SHA256_BYTES])
{
    char text[SHA256_HEX];

    sha256_hex(hash, text);
    (void)fprintf(out, "  sha256         %s\n", text);
}

static void list_head(const struct system_image *s, FILE *out)
{
    const struct sep_cfg_system *system = cfgfile_system(&s->cfg);

    (void)fprintf(out, "system '%s' for board '%s' (%s, %s-endian, ABI revision %u)\n",
                  cfgfile_text(&s->cfg, system->name), cfgfile_text(&s->cfg, system->board),
                  cfgfile_arch_name(s->cfg.header.arch), s->cfg.big_endian ? "big" : "little",
                  s->cfg.header.abi_revision);
    if (!s->bare) {
        (void)fprintf(out, "  format         %s, entry 0x%08" PRIx64 "\n",
                      s->image.rom ? "ROM image" : "ELF image", s->image.entry);
        for (uint32_t i = 0; i < s->config_piece; i++) {
            range(out, "hypervisor", s->image.pieces[i].address, s->image.pieces[i].memory_size);
        }
        range(out, "configuration", s->image.pieces[s->config_piece].address, s->cfg.header.size);
    } else {
        (void)fprintf(out, "  configuration              %10u bytes\n", s->cfg.header.size);
    }
    hash_line(out, s->cfg.header.sha256);
    range(out, "reserved", system->hypervisor_start, system->hypervisor_size);
    range(out, "arena", system->arena_start, system->arena_size);
    range(out, "packed images", system->blobs_start, system->blobs_size);
}

static void list_areas(const struct system_image *s, const struct sep_cfg_partition *p, FILE *out)
{
    char rights[LIST_RIGHTS_MAX];

    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *a = &s->cfg.areas[p->areas.first + i];

        list_rights(a->flags, rights);
        (void)fprintf(
            out, "  area %-9s 0x%08" PRIx64 "  %10" PRIu64 " bytes  at 0x%08" PRIx64 "  %s\n",
            cfgfile_text(&s->cfg, a->name), a->physical_start, a->size, a->virtual_start, rights);
    }
}

static void list_blobs(const struct system_image *s, const struct sep_cfg_partition *p, FILE *out)
{
    char hash[SHA256_HEX];

    for (uint32_t i = 0; i < p->blobs.count; i++) {
        const struct sep_cfg_blob *b = &s->cfg.blobs[p->blobs.first + i];

        sha256_hex(b->sha256, hash);
        (void)fprintf(out, "  %-5s %-8s 0x%08" PRIx64 "  %10" PRIu64 " bytes  %s  sha256 %s\n",
                      list_blob_kind(b), cfgfile_text(&s->cfg, b->name), b->start, b->size,
                      list_blob_state(s, b), hash);
    }
}

static void list_ports(const struct cfgfile *cfg, const struct sep_cfg_partition *p, FILE *out)
{
    for (uint32_t i = 0; i < p->ports.count; i++) {
        const struct sep_cfg_port *port = &cfg->ports[p->ports.first + i];

        (void)fprintf(out, "  port %-9s %s %s, %u bytes, channel '%s'\n",
                      cfgfile_text(cfg, port->name), ports_kind(port->kind),
                      ports_direction(port->direction), port->message_size,
                      ports_channel(cfg, port));
    }
}

static void list_channel(const struct cfgfile *cfg, uint32_t index, FILE *out)
{
    const struct sep_cfg_channel *channel = &cfg->channels[index];
    struct port_end end = ports_source(cfg, index);

    (void)fprintf(out, "\nchannel '%s' %s\n", cfgfile_text(cfg, channel->name),
                  ports_kind(channel->kind));
    (void)fprintf(out,
                  "  messages       %10u bytes, depth %u, age %" PRIu64 " ns, buffers %u bytes\n",
                  channel->message_size, channel->depth, channel->max_age, ports_buffers(channel));
    (void)fprintf(out, "  source         %s of %s\n", ports_name(cfg, end),
                  ports_partition(cfg, end));
    end = PORT_END_BEGIN;
    while (ports_next(cfg, index, SEP_PORT_DESTINATION, &end)) {
        (void)fprintf(out, "  destination    %s of %s\n", ports_name(cfg, end),
                      ports_partition(cfg, end));
    }
}

static void list_partition(const struct system_image *s, const struct sep_cfg_partition *p,
                           FILE *out)
{
    (void)fprintf(
        out, "\npartition %u '%s'%s%s%s%s, resets %s\n", p->id, cfgfile_text(&s->cfg, p->name),
        (p->flags & SEP_PARTITION_BOOT) != 0u ? " boot" : "",
        (p->flags & SEP_PARTITION_SYSTEM) != 0u ? " system" : "",
        (p->flags & SEP_PARTITION_FP) != 0u ? " fp" : "",
        (p->flags & SEP_PARTITION_UNMODIFIED) != 0u ? " unmodified" : "", list_resets(p->flags));
    (void)fprintf(out, "  entry          0x%08" PRIx64 "  %10u vCPUs\n", p->entry, p->vcpus.count);
    for (uint32_t i = 0; i < p->segments.count; i++) {
        const struct sep_cfg_segment *g = &s->cfg.segments[p->segments.first + i];

        (void)fprintf(out,
                      "  segment        0x%08" PRIx64 "  %10" PRIu64 " bytes, %" PRIu64
                      " from 0x%08" PRIx64 "\n",
                      g->target, g->memory_size, g->file_size, g->source);
    }
    list_areas(s, p, out);
    list_blobs(s, p, out);
    list_ports(&s->cfg, p, out);
    virtual_text(&s->cfg, p, out);
}

void list_text(const struct system_image *system, FILE *out)
{
    list_head(system, out);
    for (uint32_t i = 0; i < system->cfg.partition_count; i++) {
        list_partition(system, &system->cfg.partitions[i], out);
    }
    for (uint32_t i = 0; i < system->cfg.channel_count; i++) {
        list_channel(&system->cfg, i, out);
    }
}
