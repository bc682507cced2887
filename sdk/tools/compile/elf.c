// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// ELF files as the compiler needs them, read with libelf.

#include "compile/elf.h"

#include <string.h>

#include <gelf.h>

static const struct {
    const char *arch;
    unsigned machine;
} machines[] = {
    {"sparc", EM_SPARC}, {"arm64", EM_AARCH64}, {"mips", EM_MIPS}, {"x86_64", EM_X86_64}};

unsigned elf_machine(const char *arch)
{
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        if (strcmp(machines[i].arch, arch) == 0) {
            return machines[i].machine;
        }
    }
    return 0;
}

static bool inside(const struct bytes *file, uint64_t offset, uint64_t size)
{
    return offset <= file->size && size <= file->size - offset;
}

static const char *add_segment(struct pool *pool, const GElf_Phdr *header, struct elf_file *out)
{
    struct elf_segment *segment;

    if (!inside(&out->file, header->p_offset, header->p_filesz)) {
        return "a segment ends behind the file's end";
    }
    if (header->p_filesz > header->p_memsz || header->p_vaddr + header->p_memsz < header->p_vaddr ||
        header->p_paddr + header->p_memsz < header->p_paddr) {
        return "a segment has senseless sizes";
    }
    segment = POOL_PUSH(pool, out->segments, out->segment_count);
    segment->virtual = header->p_vaddr;
    segment->physical = header->p_paddr;
    segment->memory_size = header->p_memsz;
    segment->content = (struct bytes){out->file.data + header->p_offset, header->p_filesz};
    return NULL;
}

static const char *read_segments(struct pool *pool, Elf *elf, struct elf_file *out)
{
    size_t count = 0;

    if (elf_getphdrnum(elf, &count) != 0) {
        return "its program headers cannot be read";
    }
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr header;
        const char *reason;

        if (gelf_getphdr(elf, (int)i, &header) == NULL) {
            return "its program headers cannot be read";
        }
        if (header.p_type == PT_LOAD && header.p_memsz != 0) {
            reason = add_segment(pool, &header, out);
            if (reason != NULL) {
                return reason;
            }
        }
    }
    return out->segment_count == 0 ? "it has nothing to load" : NULL;
}

static Elf *open_elf(struct bytes file)
{
    elf_version(EV_CURRENT);
    return file.size < sizeof(Elf32_Ehdr) ? NULL : elf_memory((char *)file.data, file.size);
}

const char *elf_parse(struct pool *pool, struct bytes file, struct elf_file *out)
{
    Elf *elf = open_elf(file);
    GElf_Ehdr header;
    const char *reason = "it is not an ELF file";

    *out = (struct elf_file){.file = file};
    if (elf != NULL && elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) != NULL) {
        // 32-bit SPARC code that needs V8+ is told apart by its machine alone.
        out->machine = header.e_machine == EM_SPARC32PLUS ? EM_SPARC : header.e_machine;
        out->big_endian = header.e_ident[EI_DATA] == ELFDATA2MSB;
        out->executable = header.e_type == ET_EXEC;
        out->entry = header.e_entry;
        reason = out->executable ? read_segments(pool, elf, out)
                                 : "it is not linked to an address (its type is not EXEC)";
    }
    elf_end(elf);
    return reason;
}

static struct bytes section_bytes(const struct elf_file *file, Elf *elf, const char *name)
{
    struct bytes none = {NULL, 0};
    size_t names = 0;

    if (elf_getshdrstrndx(elf, &names) != 0) {
        return none;
    }
    for (Elf_Scn *s = elf_nextscn(elf, NULL); s != NULL; s = elf_nextscn(elf, s)) {
        GElf_Shdr header;
        const char *found =
            gelf_getshdr(s, &header) != NULL ? elf_strptr(elf, names, header.sh_name) : NULL;

        if (found != NULL && strcmp(found, name) == 0 && header.sh_type != SHT_NOBITS &&
            inside(&file->file, header.sh_offset, header.sh_size)) {
            return (struct bytes){file->file.data + header.sh_offset, header.sh_size};
        }
    }
    return none;
}

struct bytes elf_section(const struct elf_file *file, const char *name)
{
    Elf *elf = open_elf(file->file);
    struct bytes found = elf != NULL ? section_bytes(file, elf, name) : (struct bytes){NULL, 0};

    elf_end(elf);
    return found;
}
