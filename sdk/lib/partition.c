// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partition management.

#include <septum/septum.h>

sep_status_t sep_partition_status(sep_word_t partition, struct sep_partition_status *status)
{
    return sep_call2(SEP_HC_partition_status, partition, (sep_word_t)status);
}

sep_status_t sep_partition_halt(sep_word_t partition)
{
    return sep_call1(SEP_HC_partition_halt, partition);
}

sep_status_t sep_partition_suspend(sep_word_t partition)
{
    return sep_call1(SEP_HC_partition_suspend, partition);
}

sep_status_t sep_partition_resume(sep_word_t partition)
{
    return sep_call1(SEP_HC_partition_resume, partition);
}

sep_status_t sep_partition_reset(sep_word_t partition, enum sep_mode mode, uint32_t code)
{
    return sep_call3(SEP_HC_partition_reset, partition, (sep_word_t)mode, code);
}

sep_status_t sep_partition_shutdown(sep_word_t partition)
{
    return sep_call1(SEP_HC_partition_shutdown, partition);
}

sep_status_t sep_partition_set_mode(enum sep_mode mode)
{
    return sep_call1(SEP_HC_partition_set_mode, (sep_word_t)mode);
}
