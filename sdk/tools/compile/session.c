// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A session over one description.

#include "compile/compile.h"

#include <string.h>

#include "base/output.h"
#include "check/check.h"
#include "xml/document.h"
#include "xml/schema.h"

struct septum *septum_open(const struct septum_options *options)
{
    struct pool *pool = pool_new();
    struct septum *s = pool_alloc(pool, sizeof *s);

    s->pool = pool;
    s->options = *options;
    s->diags.pool = pool;
    s->diags.file = options->description;
    return s;
}

void septum_close(struct septum *s)
{
    pool_free(s->pool);
}

void septum_input(struct septum *s, const char *path)
{
    for (size_t i = 0; i < s->input_count; i++) {
        if (strcmp(s->inputs[i], path) == 0) {
            return;
        }
    }
    *POOL_PUSH(s->pool, s->inputs, s->input_count) = path;
}

static void find_board(struct septum *s, const struct reader *r, xmlNode *root)
{
    const char *name = s->options.board;
    unsigned line = 0;

    for (xmlNode *c = document_first(root); c != NULL && name == NULL; c = document_next(c)) {
        struct text text = read_text(r, c, "name");

        if (document_is(c, "Board") && text.given) {
            name = text.text;
            line = text.line;
        }
    }
    if (s->board == NULL && name != NULL) {
        s->board = board_find(&s->diags, s->options.board_path, name, line);
    }
}

// A partition that is put on no processor stays on the one on which it has slots now.
static void place(struct sys *sys, const char *name, struct num processor)
{
    for (size_t p = 0; p < sys->partition_count; p++) {
        struct sys_partition *partition = &sys->partitions[p];

        if (!partition->processor.given && strcmp(partition->name.text, name) == 0) {
            partition->processor = processor;
        }
    }
}

static void place_partitions(struct sys *sys)
{
    for (size_t i = 0; i < sys->cpu_count; i++) {
        const struct sys_plan *plan = sys->cpus[i].plans;

        for (size_t s = 0; sys->cpus[i].plan_count != 0 && s < plan->slot_count; s++) {
            place(sys, plan->slots[s].partition.text, sys->cpus[i].id);
        }
    }
}

static void forget_slots(struct sys *sys)
{
    for (size_t i = 0; i < sys->cpu_count; i++) {
        if (sys->cpus[i].plan_count != 0) {
            sys->cpus[i].plans[0].slot_count = 0;
        }
    }
}

// Shape first, as it mends what is misspelled; then values, order and meaning.
static void check_tree(struct septum *s, xmlDoc *doc)
{
    struct reader reader = {s->pool, &s->diags, NULL};
    struct check check = {s->pool, &s->diags, NULL, NULL, s->options.unplanned};

    if (!shape_check(&s->diags, doc, SCHEMA_SYSTEM)) {
        return;
    }
    find_board(s, &reader, xmlDocGetRootElement(doc));
    reader.board = s->board;
    s->sys = system_read(&reader, xmlDocGetRootElement(doc));
    if (s->diags.lost == 0) {
        schema_validate(&s->diags, doc, SCHEMA_SYSTEM);
    }
    if (s->options.unplanned) {
        place_partitions(s->sys);
        forget_slots(s->sys);
    }
    check.board = s->board;
    check.sys = s->sys;
    check_all(&check);
}

int septum_check_text(struct septum *s, struct bytes text)
{
    xmlDoc *doc = document_parse(&s->diags, text);

    if (doc != NULL) {
        check_tree(s, doc);
        xmlFreeDoc(doc);
    }
    if (s->board != NULL) {
        septum_input(s, s->board->path);
    }
    return s->diags.count == 0 ? EXIT_OK : EXIT_INPUT;
}

int septum_check(struct septum *s)
{
    struct bytes text;
    const char *reason = file_read(s->pool, s->options.description, &text);

    if (reason != NULL) {
        diag_add(&s->diags, RULE_FILE_READ, 0,
                 "the description cannot be read: %s" MEND "give the path of an XML file", reason);
        return EXIT_INPUT;
    }
    septum_input(s, s->options.description);
    return septum_check_text(s, text);
}

void septum_print_errors(struct septum *s, bool json)
{
    if (json) {
        diag_print_json(&s->diags, stdout);
    } else {
        diag_print(&s->diags, stderr);
    }
}

bool septum_outputs(struct septum *s, const char *const *outputs, size_t count)
{
    const struct output_paths read = {s->inputs, s->input_count};
    const char *which = NULL;
    const char *reason = output_clash(s->pool, (struct output_paths){outputs, count}, read, &which);

    if (reason != NULL) {
        septum_unwritable(s, which, reason);
    }
    return reason == NULL;
}

void septum_unwritable(struct septum *s, const char *path, const char *reason)
{
    diag_add(&s->diags, RULE_OUTPUT, 0, "'%s' cannot be written: %s" MEND "choose another path",
             path, reason);
}

static const char *escape(struct pool *pool, const char *path)
{
    char *text = pool_alloc(pool, 2 * strlen(path) + 1);
    char *to = text;

    for (; *path != '\0'; path++) {
        if (*path == ' ' || *path == '#') {
            *to++ = '\\';
        } else if (*path == '$') {
            *to++ = '$';
        }
        *to++ = *path;
    }
    return text;
}

const char *septum_write_depfile(struct septum *s, const char *path, const char *target)
{
    char *text = pool_printf(s->pool, "%s:", escape(s->pool, target));

    for (size_t i = 0; i < s->input_count; i++) {
        text = pool_printf(s->pool, "%s \\\n  %s", text, escape(s->pool, s->inputs[i]));
    }
    text = pool_printf(s->pool, "%s\n", text);
    return file_write(path, (struct bytes){(uint8_t *)text, strlen(text)});
}
