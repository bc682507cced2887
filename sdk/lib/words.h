// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit arguments: one word on 64-bit machines, two words, high one first, on 32-bit ones.

#ifndef SEPTUM_LIB_WORDS_H
#define SEPTUM_LIB_WORDS_H

#include <septum/types.h>

#if UINTPTR_MAX > 0xffffffffu
#define SEP_WORDS_64 1u
#else
#define SEP_WORDS_64 2u
#endif

/// Word n (0 … SEP_WORDS_64 - 1) of a 64-bit argument.
static inline sep_word_t sep_word64(uint64_t value, uint32_t n)
{
    return (sep_word_t)(value >> (32u * (SEP_WORDS_64 - 1u - n)));
}

#endif
