// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum trace: the traces of a recording, as text, for programs, for viewers, as a page.

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/options.h"
#include "cmd/commands.h"
#include "decode/source.h"
#include "decode/trace.h"
#include "image/fail.h"

struct request {
    struct source_request source;
    bool json;
    const char *ctf;
    const char *chrome;
    const char *html;
};

typedef void write_trace(const struct trace *trace, FILE *out);

static bool write_file(const struct trace *trace, const char *path, write_trace *write)
{
    struct filedata_output out;

    if (!filedata_create(&out, path)) {
        return false;
    }
    write(trace, out.stream);
    return filedata_commit(&out);
}

static bool is_empty(const char *folder)
{
    DIR *dir = opendir(folder);
    unsigned count = 0;

    while (dir != NULL && readdir(dir) != NULL) {
        count++; // itself and its parent are two
    }
    return dir != NULL && closedir(dir) == 0 && count <= 2u;
}

/// A reader takes every file in the folder for a stream.
static bool make_folder(const char *folder)
{
    if (mkdir(folder, 0777) == 0 || (errno == EEXIST && is_empty(folder))) {
        return true;
    }
    return fail(folder, "SEP9104", "cannot be made, or is no empty folder: %s", strerror(errno));
}

static bool write_stream(const struct trace *trace, const struct logbook *book, const char *folder)
{
    struct filedata_output out;
    const char *path = pool_printf(trace->dump->pool, "%s/stream_%u", folder, book->head.stream);

    if (!filedata_create(&out, path)) {
        return false;
    }
    trace_ctf_stream(trace, book, out.stream);
    return filedata_commit(&out);
}

static bool write_ctf(const struct trace *trace, const char *folder)
{
    struct pool *pool = trace->dump->pool;
    bool good = make_folder(folder) &&
                write_file(trace, pool_printf(pool, "%s/metadata", folder), trace_ctf_metadata);

    for (size_t i = 0; good && i < trace->books->count; i++) {
        const struct logbook *book = &trace->books->list[i];

        good = book->head.kind != SEP_LOG_TRACE || write_stream(trace, book, folder);
    }
    return good;
}

static bool write_all(const struct request *q, const struct trace *trace)
{
    bool text = !q->json && q->ctf == NULL && q->chrome == NULL && q->html == NULL;

    // What is printed comes last: nothing is, when a file could not be written.
    return (q->ctf == NULL || write_ctf(trace, q->ctf)) &&
           (q->chrome == NULL || write_file(trace, q->chrome, trace_chrome)) &&
           (q->html == NULL || write_file(trace, q->html, trace_html)) &&
           (!text || write_file(trace, "-", trace_text)) &&
           (!q->json || write_file(trace, "-", trace_json));
}

static int run(const struct request *q)
{
    struct source source;
    struct trace trace;
    int status = source_open(&q->source, &source);

    if (status == EXIT_OK) {
        trace_take(&source.dump, &source.books, &source.filter, &trace);
        status = write_all(q, &trace) ? EXIT_OK : EXIT_INPUT;
        source_close(&source);
    }
    return status;
}

int cmd_trace(int argc, char **argv)
{
    struct request q = {.source = {.command = "trace", .kind = SEP_LOG_TRACE}};
    struct filter_request *f = &q.source.filter;
    const struct option table[] = {
        {"--json", OPTION_FLAG, &q.json, NULL, "for programs (trace.schema.json)"},
        {"--html", OPTION_TEXT, &q.html, "FILE", "one page with a time line"},
        {"--ctf", OPTION_TEXT, &q.ctf, "DIR", "Common Trace Format 1.8, into a new folder"},
        {"--chrome", OPTION_TEXT, &q.chrome, "FILE", "for the trace viewers of browsers"},
        {"--partition", OPTION_LIST, &f->partitions, "NAME",
         "only what concerns it, or 'hypervisor'; more than once"},
        {"--class", OPTION_LIST, &f->classes, "WORD",
         "only events of this class, such as ports; more than once"},
        {"--from", OPTION_TEXT, &f->from, "TIME", "nothing earlier, such as 20ms"},
        {"--to", OPTION_TEXT, &f->to, "TIME", "nothing later"},
        {"--start", OPTION_TEXT, &q.source.start, "ADDRESS",
         "of a raw memory dump: where its first byte lay"},
    };
    const struct option_set set = {"trace",
                                   "FILE",
                                   "Prints the traces out of what 'septum run --record' or a "
                                   "debugger kept of the\nhypervisor's memory, or writes them for "
                                   "other programs. A FILE that is written may be '-'.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   1,
                                   1};
    enum options_result result = options_parse(&set, argc, argv, &q.source.path);

    return result == OPTIONS_GO ? run(&q) : options_exit(result);
}
