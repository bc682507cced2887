// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum link: where a partition's program goes, as symbols for its linker script.

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <septum/info.h>

#include "base/options.h"
#include "base/suggest.h"
#include "cmd/commands.h"
#include "compile/compile.h"
#include "xml/schema.h"

static const struct sys_area *first_with(const struct sys_partition *p, unsigned right)
{
    for (size_t i = 0; i < p->area_count; i++) {
        if ((p->areas[i].flags & right) != 0u) {
            return &p->areas[i];
        }
    }
    return NULL;
}

// An area's size up to the lowest stack at its end.
static uint64_t size_without_stacks(const struct sys_partition *p, const struct sys_area *area)
{
    uint64_t size = area->size.value;

    for (size_t i = 0; i < p->stack_count; i++) {
        const struct sys_stack *stack = &p->stacks[i];

        if (&p->areas[stack->index] == area && stack->base - area->mapped.value < size) {
            size = stack->base - area->mapped.value;
        }
    }
    return size;
}

static const char *symbol(struct pool *pool, const char *text, const char *name, uint64_t value)
{
    return pool_printf(pool, "%sSEPTUM_%s = 0x%" PRIx64 ";\n", text, name, value);
}

static const char *area_symbols(struct pool *pool, const char *text, const struct sys_partition *p,
                                const char *kind, const struct sys_area *area)
{
    uint64_t start = area != NULL ? area->mapped.value : 0;
    uint64_t size = area != NULL ? size_without_stacks(p, area) : 0;

    text = symbol(pool, text, pool_printf(pool, "%s_START", kind), start);
    return symbol(pool, text, pool_printf(pool, "%s_SIZE", kind), size);
}

static const char *fragment(struct pool *pool, const struct sys_partition *p)
{
    const struct sys_area *code = first_with(p, SEP_AREA_EXECUTE);
    const struct sys_area *data = first_with(p, SEP_AREA_WRITE);
    const char *text =
        pool_printf(pool, "/* Partition '%s': made by septum link. */\n", p->name.text);

    text = area_symbols(pool, text, p, "TEXT", code);
    text = area_symbols(pool, text, p, "DATA", data);
    text = symbol(pool, text, "ONE_AREA", code == data ? 1 : 0);
    for (uint64_t v = 0; v < p->vcpus.value; v++) {
        for (size_t i = 0; i < p->stack_count; i++) {
            const struct sys_stack *stack = &p->stacks[i];

            if (stack->vcpu.value == v) {
                const char *name = pool_printf(pool, "STACK%" PRIu64, v);

                text = symbol(pool, text, pool_printf(pool, "%s_BASE", name), stack->base);
                text = symbol(pool, text, pool_printf(pool, "%s_TOP", name),
                              stack->base + stack->size.value);
            }
        }
    }
    return text;
}

static const struct sys_partition *find(struct septum *s, const char *name)
{
    struct suggest suggest = suggest_begin(name);

    for (size_t i = 0; i < s->sys->partition_count; i++) {
        if (strcmp(s->sys->partitions[i].name.text, name) == 0) {
            return &s->sys->partitions[i];
        }
        suggest_word(&suggest, s->sys->partitions[i].name.text);
    }
    fprintf(stderr, "septum link: %s has no partition '%s'; %s\n", s->options.description, name,
            suggest_text(&suggest, s->pool, "see its Partitions"));
    return NULL;
}

static int write_fragment(struct septum *s, const char *partition, const char *output)
{
    const struct sys_partition *p;
    const char *text;
    const char *reason;

    if (septum_check(s) != EXIT_OK) {
        return EXIT_INPUT;
    }
    p = find(s, partition);
    if (p == NULL) {
        return EXIT_INPUT;
    }
    text = fragment(s->pool, p);
    if (output == NULL) {
        fputs(text, stdout);
        return EXIT_OK;
    }
    if (!septum_outputs(s, &output, 1)) {
        return EXIT_INPUT;
    }
    reason = file_write(output, (struct bytes){(uint8_t *)(uintptr_t)text, strlen(text)});
    if (reason != NULL) {
        septum_unwritable(s, output, reason);
    }
    return reason == NULL ? EXIT_OK : EXIT_INPUT;
}

int cmd_link(int argc, char **argv)
{
    struct septum_options options = {0};
    const char *partition = NULL;
    const char *output = NULL;
    const struct option table[] = {
        {"--partition", OPTION_TEXT, &partition, "NAME", "the partition to link for"},
        {"-o", OPTION_TEXT, &output, "FILE", "write there instead of to standard output"},
        {"--board", OPTION_TEXT, &options.board, "NAME", "board, instead of the description's"},
        {"--board-path", OPTION_TEXT, &options.board_path, "DIR", "folder of board descriptions"},
    };
    const struct option_set set = {
        "link",
        "SYSTEM.xml",
        "Writes linker symbols for a partition: where its code, data and stacks go.",
        table,
        sizeof table / sizeof *table,
        1,
        1};
    enum options_result result = options_parse(&set, argc, argv, &options.description);
    struct septum *s;
    int code;

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if (partition == NULL) {
        return options_wrong("link", "an option is missing:", "--partition");
    }
    s = septum_open(&options);
    code = write_fragment(s, partition, output);
    septum_print_errors(s, false);
    septum_close(s);
    schema_release();
    return code;
}
