// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Interrupt lines: the board has them, the hypervisor does not need them, each goes to one.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/irq.h>

#include "base/suggest.h"

// The console's own line may be given away: its receiving side can be a partition's.
static const char *reserved_by(const struct check *c, uint64_t line)
{
    for (size_t i = 0; i < c->board->line_count; i++) {
        if (c->board->lines[i].line == line) {
            return c->board->lines[i].by;
        }
    }
    return NULL;
}

static void check_board_line(struct check *c, const char *whose, const struct num *line)
{
    const char *by = reserved_by(c, line->value);

    if (line->value < c->board->line_first || line->value > c->board->line_last) {
        diag_add(c->diags, RULE_LINE_UNKNOWN, line->line,
                 "interrupt line %" PRIu64 " of %s does not exist" MEND
                 "board '%s' has lines %" PRIu64 " to %" PRIu64,
                 line->value, whose, c->board->name, c->board->line_first, c->board->line_last);
    } else if (by != NULL) {
        diag_add(c->diags, RULE_LINE_RESERVED, line->line,
                 "interrupt line %" PRIu64 " of %s is the hypervisor's: %s" MEND "use another one",
                 line->value, whose, by);
    }
}

struct owner {
    const char *whose;
    struct num line;
};

static void check_twice(struct check *c, const struct owner *owners, size_t count,
                        const struct owner *now)
{
    for (size_t i = 0; i < count; i++) {
        if (owners[i].line.value == now->line.value) {
            diag_add(c->diags, RULE_LINE_TWICE, now->line.line,
                     "interrupt line %" PRIu64 " is given to %s and to %s "
                     "(line %u)" MEND "a line goes to one partition, once",
                     now->line.value, now->whose, owners[i].whose, owners[i].line.line);
            return;
        }
    }
}

static void check_console_name(struct check *c)
{
    struct suggest suggest = suggest_begin(c->sys->console.text);

    if (!c->sys->console.given || check_console(c) != NULL) {
        return;
    }
    for (size_t i = 0; i < c->board->device_count; i++) {
        if (c->board->devices[i].console) {
            suggest_word(&suggest, c->board->devices[i].name);
        }
    }
    diag_add(c->diags, RULE_CONSOLE_UNKNOWN, c->sys->console.line,
             "board '%s' has no console device '%s'" MEND "%s", c->board->name,
             c->sys->console.text,
             suggest_text(&suggest, c->pool, "name one of its devices with console=\"yes\""));
}

// Several plans may wait for one line; a partition's it must not be.
static void check_plan_lines(struct check *c, const struct owner *owners, size_t count)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t p = 0; p < c->sys->cpus[i].plan_count; p++) {
            const struct sys_plan *plan = &c->sys->cpus[i].plans[p];
            struct owner now = {pool_printf(c->pool, "plan '%s'", plan->name.text), plan->sync};

            if (now.line.ok) {
                check_board_line(c, now.whose, &now.line);
                check_twice(c, owners, count, &now);
            }
        }
    }
}

void check_lines(struct check *c)
{
    struct owner *owners = NULL;
    size_t count = 0;

    if (c->board == NULL) {
        return;
    }
    check_console_name(c);
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        if (p->line_count > SEP_IRQ_DEVICE_COUNT) {
            diag_add(c->diags, RULE_LINES_MANY, p->lines[SEP_IRQ_DEVICE_COUNT].number.line,
                     "partition '%s' has %zu interrupt lines" MEND "at most %u are possible",
                     p->name.text, p->line_count, SEP_IRQ_DEVICE_COUNT);
        }
        for (size_t k = 0; k < p->line_count; k++) {
            struct owner now = {pool_printf(c->pool, "partition '%s'", p->name.text),
                                p->lines[k].number};

            if (now.line.ok) {
                check_board_line(c, now.whose, &now.line);
                check_twice(c, owners, count, &now);
                *POOL_PUSH(c->pool, owners, count) = now;
            }
        }
    }
    check_plan_lines(c, owners, count);
}
