// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where boards' descriptions are found, and what was measured on boards.

#include "model/board.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"

// Beside the tool itself: in an installation, and in the folder it was built in.
static const char *const beside_tool[] = {"../share/septum/", "../../../../configs/"};
#define BESIDE_TOOL (sizeof beside_tool / sizeof *beside_tool)

static const char *tool_folder(struct pool *pool)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    if (n <= 0) {
        return "";
    }
    path[n] = '\0';
    return file_folder(pool, path);
}

struct folders {
    const char *path[BESIDE_TOOL];
    size_t count;
};

static struct folders board_folders(struct pool *pool, const char *given)
{
    struct folders f = {{NULL}, 0};

    if (given != NULL) {
        f.path[f.count++] = pool_printf(pool, "%s/", given);
        return f;
    }
    for (size_t i = 0; i < BESIDE_TOOL; i++) {
        f.path[f.count++] = pool_printf(pool, "%s%sboards/", tool_folder(pool), beside_tool[i]);
    }
    return f;
}

static void suggest_boards(struct pool *pool, const struct folders *f, struct suggest *suggest)
{
    for (size_t i = 0; i < f->count; i++) {
        DIR *dir = opendir(f->path[i]);

        for (struct dirent *e = dir ? readdir(dir) : NULL; e != NULL; e = readdir(dir)) {
            size_t length = strlen(e->d_name);

            if (length > 4 && strcmp(e->d_name + length - 4, ".xml") == 0) {
                suggest_word(suggest, pool_copy(pool, e->d_name, length - 4));
            }
        }
        if (dir != NULL) {
            closedir(dir);
        }
    }
}

const struct board *board_find(struct diags *diags, const char *folder, const char *name,
                               unsigned line)
{
    struct folders folders = board_folders(diags->pool, folder);
    struct suggest suggest = suggest_begin(name);

    for (size_t i = 0; i < folders.count && strchr(name, '/') == NULL; i++) {
        const char *path = pool_printf(diags->pool, "%s%s.xml", folders.path[i], name);
        struct bytes text;

        if (file_read(diags->pool, path, &text) == NULL) {
            return board_read(diags, path, text);
        }
    }
    suggest_boards(diags->pool, &folders, &suggest);
    diag_add(diags, RULE_BOARD_UNKNOWN, line, "board '%s' is unknown" MEND "%s", name,
             suggest_text(&suggest, diags->pool, "name a board, or its folder with --board-path"));
    return NULL;
}

const char *board_bounds(struct pool *pool, const char *name)
{
    for (size_t i = 0; i < BESIDE_TOOL && strchr(name, '/') == NULL; i++) {
        const char *path =
            pool_printf(pool, "%s%sbounds/%s.json", tool_folder(pool), beside_tool[i], name);

        if (file_exists(path)) {
            return path;
        }
    }
    return NULL;
}
