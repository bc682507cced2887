// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Several calls in one trap.

#include "words.h"

#include <septum/septum.h>

sep_status_t sep_batch(struct sep_batch_call *calls, uint32_t count, uint32_t *done)
{
    return sep_call3(SEP_HC_batch, (sep_word_t)calls, count, (sep_word_t)done);
}

uint32_t sep_batch_arg64(struct sep_batch_call *call, uint32_t at, uint64_t value)
{
    for (uint32_t n = 0; n < SEP_WORDS_64; n++) {
        call->args[at + n] = sep_word64(value, n);
    }
    return at + SEP_WORDS_64;
}
