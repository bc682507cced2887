// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Single device registers, and where the architecture's own trap table lies.

#include <septum/septum.h>

sep_status_t sep_io_read(sep_word_t address, uint32_t *value)
{
    return sep_call2(SEP_HC_io_read, address, (sep_word_t)value);
}

sep_status_t sep_io_write(sep_word_t address, uint32_t value)
{
    return sep_call2(SEP_HC_io_write, address, value);
}

sep_status_t sep_trap_table_set(sep_word_t base)
{
    return sep_call1(SEP_HC_trap_table_set, base);
}
