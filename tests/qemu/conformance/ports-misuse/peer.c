// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The other end of all channels: gets nothing but what is sent in order at last.

#include "message.h"

int main(void)
{
    static _Alignas(8) char message[SIZE];
    struct sep_trace_record record;
    struct sep_log_status log;
    struct sep_message_info info;
    struct sep_queuing_status queue;
    struct sep_sampling_status sample;

    CHECK_STATUS("a sample", sep_sampling_write(1, TEXT, SENT), SEP_OK);
    CHECK_STATUS("a message", sep_queuing_send(3, TEXT, SENT), SEP_OK);
    CHECK_STATUS("no class of its own", sep_trace_write(1, 2, 3), SEP_NO_ACTION);
    CHECK_STATUS("no trace of its own", sep_trace_status(SEP_SELF, &log), SEP_INVALID_PARAM);
    CHECK_STATUS("and no records", sep_trace_read(SEP_SELF, 0, &record), SEP_INVALID_PARAM);
    CHECK_STATUS("waited", sep_queuing_receive_wait(2, message, SIZE, &info, SEP_WAIT_FOREVER),
                 SEP_OK);
    CHECK("the first is the right one", info.size == SENT && memcmp(message, TEXT, SENT) == 0);
    CHECK_STATUS("the queue", sep_queuing_status(2, &queue), SEP_OK);
    CHECK("and the only one", queue.count == 1u && queue.refused == 0u && queue.waiting == 0u);
    CHECK_STATUS("the other channel", sep_sampling_status(0, &sample), SEP_OK);
    CHECK_EQUAL("has none", sample.count, 0);
    CHECK_STATUS("nothing to read", sep_sampling_read(0, message, SIZE, &info), SEP_NOT_AVAILABLE);
    CHECK_STATUS("its own queue", sep_queuing_status(3, &queue), SEP_OK);
    CHECK("was read once", queue.count == 1u && queue.waiting == 0u && queue.cleared == 0u);
    return 0;
}
