// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum log: the health monitor's log of a recording.

#include "base/options.h"
#include "cmd/commands.h"
#include "decode/log.h"
#include "decode/source.h"
#include "image/fail.h"

static int print(const struct source *s, bool json, bool registers)
{
    const struct log log = {.dump = &s->dump,
                            .books = &s->books,
                            .book = logbooks_get(&s->books, SEP_LOG_HM, 0),
                            .filter = &s->filter,
                            .registers = registers};
    struct filedata_output out;

    if (!filedata_create(&out, "-")) {
        return EXIT_INPUT;
    }
    if (json) {
        log_json(&log, out.stream);
    } else {
        log_text(&log, out.stream);
    }
    return filedata_commit(&out) ? EXIT_OK : EXIT_INPUT;
}

int cmd_log(int argc, char **argv)
{
    struct source_request q = {.command = "log", .kind = SEP_LOG_HM};
    bool json = false;
    bool registers = false;
    const struct option table[] = {
        {"--json", OPTION_FLAG, &json, NULL, "for programs (log.schema.json)"},
        {"--registers", OPTION_FLAG, &registers, NULL, "print the registers, too"},
        {"--partition", OPTION_LIST, &q.filter.partitions, "NAME",
         "only this one's events, or 'hypervisor'; more than once"},
        {"--from", OPTION_TEXT, &q.filter.from, "TIME", "nothing earlier, such as 20ms"},
        {"--to", OPTION_TEXT, &q.filter.to, "TIME", "nothing later"},
        {"--start", OPTION_TEXT, &q.start, "ADDRESS",
         "of a raw memory dump: where its first byte lay"},
    };
    const struct option_set set = {"log",
                                   "FILE",
                                   "Prints the health monitor's log out of what 'septum run "
                                   "--record' or a debugger kept of\nthe hypervisor's memory.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   1,
                                   1};
    enum options_result result = options_parse(&set, argc, argv, &q.path);
    struct source source;

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    int status = source_open(&q, &source);

    if (status == EXIT_OK) {
        status = print(&source, json, registers);
        source_close(&source);
    }
    return status;
}
