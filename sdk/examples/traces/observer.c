// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits until the worker has ended and prints what its trace and the hypervisor's hold.

#include <septum/septum.h>
#include <stdio.h>

#define WORKER 0u

static const char *const words[] = {
#define EVENT_WORD(number, name, class, word, fields) [number] = (word),
    SEP_TRACE_EVENT_LIST(EVENT_WORD)
#undef EVENT_WORD
};

static void print_record(const struct sep_trace_record *r)
{
    printf("  %s %u %u %u\n", words[r->event], (unsigned)r->words[0], (unsigned)r->words[1],
           (unsigned)r->words[2]);
}

// At most so many of the last records. Others come while it reads: of one that is overwritten meanwhile it
// gets the oldest that is there, and goes on behind that.
static void print_stream(sep_word_t stream, uint32_t most)
{
    struct sep_log_status status = {0};
    struct sep_trace_record record = {0};
    uint32_t next;

    (void)sep_trace_status(stream, &status);
    next = status.count - status.oldest > most ? status.count - most : status.oldest;
    while (next != status.count && sep_trace_read(stream, next, &record) == SEP_OK) {
        print_record(&record);
        next = record.number + 1u;
    }
}

static void print_loss(sep_word_t stream)
{
    struct sep_log_status status = {0};

    (void)sep_trace_status(stream, &status);
    printf("%u records written, %u lost\n", (unsigned)status.count, (unsigned)status.oldest);
}

int main(void)
{
    struct sep_partition_status worker = {0};

    do {
        (void)sep_idle_self();
        (void)sep_partition_status(WORKER, &worker);
    } while (worker.state != SEP_STATE_HALTED);
    printf("worker:\n");
    print_loss(SEP_TRACE_STREAM(WORKER));
    print_stream(SEP_TRACE_STREAM(WORKER), UINT32_MAX);
    printf("hypervisor:\n");
    print_stream(SEP_TRACE_STREAM_HYPERVISOR, 4);
    return 0;
}
