// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Console output: the raw call, and text of any length.

#include <septum/septum.h>

sep_status_t sep_console_write(const char *text, size_t length)
{
    return sep_call2(SEP_HC_console_write, (sep_word_t)text, length);
}

// Writes one piece, or a shorter one if the ring is shorter; says how much was written.
static sep_status_t put_piece(const char *text, size_t *length)
{
    for (;;) {
        sep_status_t status = sep_console_write(text, *length);

        if (status == SEP_INVALID_PARAM && *length > 1u) {
            *length /= 2u;
        } else if (status == SEP_NOT_AVAILABLE) {
            (void)sep_idle_self();
        } else {
            return status;
        }
    }
}

sep_status_t sep_console_put(const char *text, size_t length)
{
    while (length != 0u) {
        size_t piece = length < SEP_CONSOLE_WRITE_MAX ? length : SEP_CONSOLE_WRITE_MAX;
        sep_status_t status = put_piece(text, &piece);

        if (status != SEP_OK) {
            return status;
        }
        text += piece;
        length -= piece;
    }
    return SEP_OK;
}

sep_status_t sep_console_puts(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0') {
        length++;
    }
    return sep_console_put(text, length);
}
