// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that records events of its own and reads all traces.

#include <septum/septum.h>

#include "check.h"

#define RECORDS 16u
#define DEPTH 12u ///< calls within calls: more than there are register windows

static struct sep_log_status status;
static struct sep_trace_record record;

// An event from each depth; the result needs what lies on the way to be as it was.
__attribute__((noinline)) static uint32_t deep(uint32_t depth)
{
    uint32_t below = depth != 0u ? deep(depth - 1u) : 0u;

    return sep_trace_write(depth, below, ~depth) == SEP_OK ? below + depth + 1u : 0u;
}

static void own_events(void)
{
    sep_time_t before = 0;
    sep_time_t after = 0;

    CHECK_STATUS("nothing yet", sep_trace_read(SEP_SELF, 0, &record), SEP_NOT_AVAILABLE);
    (void)sep_get_time(SEP_CLOCK_HW, &before);
    CHECK_STATUS("an event", sep_trace_write(7, 8, 0xffffffffu), SEP_OK);
    (void)sep_get_time(SEP_CLOCK_HW, &after);
    CHECK_STATUS("is read", sep_trace_read(SEP_SELF, 0, &record), SEP_OK);
    CHECK("as it was", record.event == SEP_TRACE_EVENT_USER && record.words[0] == 7u &&
                           record.words[1] == 8u && record.words[2] == 0xffffffffu);
    CHECK("with who it was",
          record.partition == 0u && record.vcpu == 0u && record.cpu == 0u && record.number == 0u);
    CHECK("and when", record.time >= before && record.time <= after);
}

static void loss(void)
{
    CHECK_EQUAL("from every depth", deep(DEPTH), (DEPTH + 1u) * (DEPTH + 2u) / 2u);
    for (uint32_t i = 0; i < RECORDS; i++) {
        (void)sep_trace_write(100u + i, 0, 0);
    }
    CHECK_STATUS("status", sep_trace_status(SEP_SELF, &status), SEP_OK);
    CHECK_EQUAL("all were counted", status.count, 1u + DEPTH + 1u + RECORDS);
    CHECK_EQUAL("the ring is full", status.count - status.oldest, RECORDS);
    CHECK_STATUS("a lost one", sep_trace_read(SEP_SELF, 0, &record), SEP_OK);
    CHECK("is the oldest", record.number == status.oldest && record.words[0] == 100u);
    CHECK_STATUS("the next", sep_trace_read(SEP_SELF, status.count, &record), SEP_NOT_AVAILABLE);
}

// Looks for an event in a stream, with a first word.
static bool has(sep_word_t stream, enum sep_trace_event event, uint32_t word)
{
    if (sep_trace_status(stream, &status) != SEP_OK) {
        return false;
    }
    for (uint32_t n = status.oldest; n != status.count; n++) {
        if (sep_trace_read(stream, n, &record) == SEP_OK && record.event == (uint16_t)event &&
            record.words[0] == word) {
            return true;
        }
    }
    return false;
}

static void others(void)
{
    CHECK("a slot",
          has(SEP_TRACE_STREAM_HYPERVISOR, SEP_TRACE_EVENT_SLOT, 1) && record.partition == 1u);
    CHECK("a gap", has(SEP_TRACE_STREAM_HYPERVISOR, SEP_TRACE_EVENT_GAP, 0) &&
                       record.partition == SEP_LOG_HYPERVISOR);
    CHECK("the other's slot", has(SEP_TRACE_STREAM(1), SEP_TRACE_EVENT_SLOT, 1));
    CHECK("not its own", !has(SEP_SELF, SEP_TRACE_EVENT_SLOT, 0));
    CHECK("the other's state", has(SEP_TRACE_STREAM(1), SEP_TRACE_EVENT_STATE, SEP_STATE_HALTED));
}

int main(void)
{
    struct sep_partition_status other = {0};

    own_events();
    loss();
    do {
        (void)sep_idle_self();
        (void)sep_partition_status(1, &other);
    } while (other.state != SEP_STATE_HALTED);
    others();
    return 0;
}
