// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads a hypervisor's sections and build information through libelf.

#include "image/hypervisor.h"

#include <gelf.h>
#include <libelf.h>
#include <string.h>

#include "image/bytes.h"
#include "image/fail.h"

/// Adds up code and data. Data is what lies between the first and the last writable byte, so that
/// gaps of alignment count as the memory that they take.
static void read_sizes(struct hypervisor *h, Elf *elf)
{
    uint64_t first = UINT64_MAX;
    uint64_t last = 0;
    GElf_Shdr s;

    for (Elf_Scn *scn = elf_nextscn(elf, NULL); scn != NULL; scn = elf_nextscn(elf, scn)) {
        if (gelf_getshdr(scn, &s) == NULL || (s.sh_flags & SHF_ALLOC) == 0u || s.sh_size == 0u) {
            continue;
        }
        if ((s.sh_flags & SHF_WRITE) == 0u) {
            h->code_bytes += s.sh_size;
            continue;
        }
        first = s.sh_addr < first ? s.sh_addr : first;
        last = s.sh_addr + s.sh_size > last ? s.sh_addr + s.sh_size : last;
    }
    h->data_bytes = last > first ? last - first : 0u;
}

/// The section's bytes; NULL: there is none.
static const uint8_t *find_info(const struct hypervisor *h, Elf *elf, size_t *size)
{
    size_t names = 0;
    GElf_Shdr s;

    (void)elf_getshdrstrndx(elf, &names);
    for (Elf_Scn *scn = elf_nextscn(elf, NULL); scn != NULL; scn = elf_nextscn(elf, scn)) {
        const char *name = gelf_getshdr(scn, &s) != NULL ? elf_strptr(elf, names, s.sh_name) : NULL;

        if (name != NULL && strcmp(name, SEP_BUILD_INFO_SECTION) == 0 && s.sh_type != SHT_NOBITS &&
            bytes_inside(s.sh_offset, s.sh_size, 0, h->file.size)) {
            *size = s.sh_size;
            return h->file.bytes + s.sh_offset;
        }
    }
    return NULL;
}

static void set_info(struct hypervisor *h, const char *key, uint32_t value)
{
#define SET(name, meaning)                                                                         \
    if (strcmp(key, #name) == 0) {                                                                 \
        h->info.name = value;                                                                      \
    }
    SEP_BUILD_INFO_LIST(SET)
#undef SET
}

static void read_info(struct hypervisor *h, Elf *elf)
{
    size_t size = 0;
    const uint8_t *at = find_info(h, elf, &size);
    char key[sizeof(((struct sep_build_info *)NULL)->key) + 1u] = "";

    for (; at != NULL && size >= sizeof(struct sep_build_info) && at[0] != 0u;
         at += sizeof(struct sep_build_info), size -= sizeof(struct sep_build_info)) {
        memcpy(key, at, sizeof(key) - 1u);
        set_info(h, key, bytes_load32(at + sizeof(key) - 1u, h->image.big_endian));
    }
}

static bool read_elf(const char *path, struct hypervisor *h)
{
    if (!image_read_elf(path, &h->file, &h->image)) {
        return false;
    }
    Elf *elf = elf_memory((char *)h->file.bytes, h->file.size);

    read_sizes(h, elf);
    read_info(h, elf);
    (void)elf_end(elf);
    image_range(&h->image, &h->start, &h->end);
    if (h->info.granule == 0u || (h->info.granule & (h->info.granule - 1u)) != 0u ||
        (h->info.big_endian != 0u) != h->image.big_endian) {
        return fail(path, "SEP9005",
                    "has no fitting build information (section %s); is it a Septum hypervisor?",
                    SEP_BUILD_INFO_SECTION);
    }
    return true;
}

bool hypervisor_open(const char *path, struct hypervisor *h)
{
    memset(h, 0, sizeof(*h));
    if (!filedata_read(path, &h->file)) {
        return false;
    }
    if (!read_elf(path, h)) {
        hypervisor_close(h);
        return false;
    }
    return true;
}

void hypervisor_close(struct hypervisor *h)
{
    filedata_free(&h->file);
}

uint64_t hypervisor_config_address(const struct hypervisor *h)
{
    return bytes_round(h->end, h->info.granule);
}
