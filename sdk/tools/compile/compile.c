// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A description and binaries become the compiled configuration and the packed images.

#include "compile/compile.h"

#include <string.h>

#include "compile/layout.h"

// The image is blob 0 already; files are 1 ..., the information block is the last. An operating system
// has all of its own.
static void add_blobs(struct compile *c, struct unit *u)
{
    if (u->p->os.line != 0) {
        return;
    }
    for (size_t i = 0; i < u->p->file_count; i++) {
        unit_add_blob(c, u, u->p->files[i].name.text, SEP_CFG_BLOB_FILE, u->files[i]);
    }
    unit_add_blob(c, u, ".info", SEP_CFG_BLOB_INFO, unit_info_block(c, u));
}

static bool ok(const struct compile *c)
{
    return c->s->diags.count == 0;
}

static void list_trees(const struct compile *c, struct septum_output *output)
{
    output->trees = NULL;
    output->tree_count = 0;
    for (size_t i = 0; i < c->unit_count; i++) {
        for (size_t b = 0; b < c->units[i].blob_count; b++) {
            if (c->units[i].blobs[b].kind == SEP_CFG_BLOB_DEVICE_TREE) {
                *POOL_PUSH(c->pool, output->trees, output->tree_count) =
                    (struct septum_tree){c->units[i].p->name.text, c->units[i].blobs[b].content};
            }
        }
    }
}

static void build(struct compile *c, struct septum_output *output)
{
    for (size_t i = 0; i < c->unit_count; i++) {
        add_blobs(c, &c->units[i]);
    }
    layout_blobs(c);
    // Once for its size, which does not depend on addresses, and once with the addresses.
    layout_place(c, config_write(c).size);
    if (ok(c)) {
        output->config = config_write(c);
        output->blobs = layout_blob_bytes(c);
        output->layout = c->layout;
        list_trees(c, output);
    }
}

int septum_compile(struct septum *s, struct septum_output *output)
{
    struct compile c = {.s = s, .pool = s->pool};
    bool target;

    septum_check(s);
    if (s->sys == NULL) {
        return EXIT_INPUT;
    }
    target = target_read(s, &c.target);
    unit_read_all(&c);
    // Addresses are chosen only when everything that decides about them is right.
    if (target && ok(&c)) {
        for (size_t i = 0; i < c.unit_count; i++) {
            unit_map(&c, &c.units[i]);
            unit_os_load(&c, &c.units[i]);
        }
    }
    if (ok(&c)) {
        build(&c, output);
    }
    return ok(&c) ? EXIT_OK : EXIT_INPUT;
}
