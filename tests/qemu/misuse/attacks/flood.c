// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Floods its console: long texts and short ones, whatever the answer.

#include "attack.h"

static char text[SEP_CONSOLE_WRITE_MAX];

int main(void)
{
    for (uint32_t i = 0; i < sizeof(text); i++) {
        text[i] = i % 64u == 63u ? '\n' : 'x';
    }
    for (uint32_t i = 0;; i++) {
        (void)sep_call2(SEP_HC_console_write, (sep_word_t)text, i % (sizeof(text) + 1u));
        (void)sep_call2(SEP_HC_console_write, (sep_word_t)text, sizeof(text));
        (void)sep_call2(SEP_HC_console_write, (sep_word_t) "\n", 1);
    }
}
