// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Images and files of the partitions.

#include "compile/unit.h"

#include <stdlib.h>
#include <string.h>

// Where a path of the description leads: a replacement from the command line, the description's
// folder, the search paths.
static const char *find(struct septum *s, const char *path)
{
    const struct septum_options *o = &s->options;
    const char *beside = file_beside(s->pool, o->description, path);
    size_t length = strlen(path);

    for (size_t i = 0; i < o->partition_count; i++) {
        if (strncmp(o->partitions[i], path, length) == 0 && o->partitions[i][length] == '=') {
            return o->partitions[i] + length + 1;
        }
    }
    for (size_t i = 0; i < o->search_count && path[0] != '/' && !file_exists(beside); i++) {
        const char *other = pool_printf(s->pool, "%s/%s", o->search_paths[i], path);

        if (file_exists(other)) {
            return other;
        }
    }
    return beside;
}

static bool read_input(struct septum *s, const struct text *path, enum rule rule, const char *what,
                       const char *partition, struct bytes *out)
{
    const char *found = find(s, path->text);
    const char *reason = file_read(s->pool, found, out);

    if (reason != NULL) {
        diag_add(&s->diags, rule, path->line,
                 "%s '%s' of partition '%s': %s" MEND
                 "paths are relative to the description, see also --search-path",
                 what, path->text, partition, reason);
        return false;
    }
    septum_input(s, found);
    return true;
}

static bool machine_ok(struct compile *c, const struct unit *u)
{
    const struct board *board = c->s->board;
    unsigned machine = board != NULL ? elf_machine(board->arch) : 0;

    if (machine != 0 && u->image.machine != machine) {
        diag_add(&c->s->diags, RULE_IMAGE_MACHINE, u->p->image.line,
                 "image '%s' of partition '%s' is for another machine (ELF machine %u), board "
                 "'%s' needs %u" MEND "build it for '%s'",
                 u->p->image.text, u->p->name.text, u->image.machine, board->name, machine,
                 board->arch);
        return false;
    }
    return true;
}

static void read_image(struct compile *c, struct unit *u)
{
    const struct sys_partition *p = u->p;
    struct bytes file;
    const char *reason;

    if (!p->image.given ||
        !read_input(c->s, &p->image, RULE_IMAGE_MISSING, "image", p->name.text, &file)) {
        return;
    }
    reason = elf_parse(c->pool, file, &u->image);
    if (reason != NULL && p->os.line != 0) {
        if (unit_os_image(c, u, file) && machine_ok(c, u)) {
            unit_load_image(c, u);
        }
    } else if (reason != NULL) {
        diag_add(&c->s->diags, RULE_IMAGE_NOT_ELF, p->image.line,
                 "image '%s' of partition '%s': %s" MEND
                 "link it with the addresses of 'septum link'",
                 p->image.text, p->name.text, reason);
    } else if (machine_ok(c, u)) {
        unit_load_image(c, u);
    }
}

static void read_ramdisk(struct compile *c, struct unit *u)
{
    const struct text *path = &u->p->os.ramdisk;

    if (path->given) {
        read_input(c->s, path, RULE_RAMDISK_MISSING, "ramdisk", u->p->name.text, &u->ramdisk);
    }
}

static void read_files(struct compile *c, struct unit *u)
{
    const struct sys_partition *p = u->p;

    u->files = pool_alloc(c->pool, (p->file_count + 1) * sizeof *u->files);
    for (size_t i = 0; i < p->file_count; i++) {
        if (p->files[i].path.given) {
            read_input(c->s, &p->files[i].path, RULE_FILE_MISSING, "file", p->name.text,
                       &u->files[i]);
        }
    }
}

static int compare(const void *left, const void *right)
{
    uint64_t a = ((const struct unit *)left)->p->id.value;
    uint64_t b = ((const struct unit *)right)->p->id.value;

    return (a > b) - (a < b);
}

void unit_read_all(struct compile *c)
{
    const struct sys *sys = c->s->sys;

    for (size_t i = 0; i < sys->partition_count; i++) {
        struct unit *u = POOL_PUSH(c->pool, c->units, c->unit_count);

        u->p = &sys->partitions[i];
        read_image(c, u);
        read_files(c, u);
        read_ramdisk(c, u);
    }
    if (c->unit_count > 1) {
        qsort(c->units, c->unit_count, sizeof *c->units, compare);
    }
}
