// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// LEON3: the device registers that the descriptions name.

#ifndef BENCH_BOARD_H
#define BENCH_BOARD_H

#define BENCH_REGISTER ((sep_word_t)0x80000104)        ///< the description's last readable register
#define BENCH_REGISTER_BITS ((sep_word_t)0x80000108)   ///< one of which a bit may be written
#define BENCH_REGISTER_BROKEN ((sep_word_t)0x80080000) ///< one where the bus has nothing

#endif
