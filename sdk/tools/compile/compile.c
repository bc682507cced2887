// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A description and binaries become the compiled configuration and the packed images.

#include "compile/compile.h"

#include <string.h>

#include "compile/layout.h"
#include "image/sha256.h"

static void hash(struct unit_blob *blob)
{
    sha256_two(blob->content.data, blob->content.size, NULL, 0, blob->sha256);
}

static struct unit_blob *add_blob(struct compile *c, struct unit *u, const char *name,
                                  enum sep_cfg_blob_kind kind, struct bytes content)
{
    struct unit_blob *blob = POOL_PUSH(c->pool, u->blobs, u->blob_count);

    blob->name = name;
    blob->kind = kind;
    blob->content = content;
    hash(blob);
    return blob;
}

// The image is blob 0 already; files are 1 ..., the information block is the last.
static void add_blobs(struct compile *c, struct unit *u)
{
    hash(&u->blobs[0]);
    for (size_t i = 0; i < u->p->file_count; i++) {
        add_blob(c, u, u->p->files[i].name.text, SEP_CFG_BLOB_FILE, u->files[i]);
    }
    add_blob(c, u, ".info", SEP_CFG_BLOB_INFO, unit_info_block(c, u));
}

static bool ok(const struct compile *c)
{
    return c->s->diags.count == 0;
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
        }
    }
    if (ok(&c)) {
        build(&c, output);
    }
    return ok(&c) ? EXIT_OK : EXIT_INPUT;
}
