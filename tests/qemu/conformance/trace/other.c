// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An ordinary partition whose hypercalls are traced, events of its own not.

#include <septum/septum.h>

#include "check.h"

#define MARK 0x30u

static struct sep_log_status status;

// The newest records of an event, from the end.
static bool last_of(enum sep_trace_event event, struct sep_trace_record *record)
{
    (void)sep_trace_status(SEP_SELF, &status);
    for (uint32_t n = status.count; n != status.oldest;) {
        n--;
        if (sep_trace_read(SEP_SELF, n, record) == SEP_OK && record->event == (uint16_t)event &&
            record->words[1] == MARK) {
            return true;
        }
    }
    return false;
}

int main(void)
{
    struct sep_trace_record record;

    CHECK_STATUS("no events of its own", sep_trace_write(1, 2, 3), SEP_NO_ACTION);
    (void)sep_irq_mask(MARK);
    CHECK("the call is recorded", last_of(SEP_TRACE_EVENT_HYPERCALL, &record));
    CHECK_EQUAL("with its number", record.words[0], SEP_HC_irq_mask);
    CHECK_EQUAL("by this partition", record.partition, 1);
    CHECK("and its time", record.time > 10u * MS / 2u && record.time < 1000u * MS);
    CHECK_STATUS("another's", sep_trace_status(SEP_TRACE_STREAM(0), &status), SEP_NO_PERMISSION);
    CHECK_STATUS("the hypervisor's", sep_trace_read(SEP_TRACE_STREAM_HYPERVISOR, 0, &record),
                 SEP_NO_PERMISSION);
    CHECK_STATUS("nobody's", sep_trace_status(SEP_TRACE_STREAM(2), &status), SEP_INVALID_PARAM);
    CHECK_STATUS("to nowhere", sep_trace_status(SEP_SELF, (struct sep_log_status *)8),
                 SEP_INVALID_ADDRESS);
    return 0;
}
