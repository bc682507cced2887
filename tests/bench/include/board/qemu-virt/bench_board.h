// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// QEMU virt: the device registers that the descriptions name.

#ifndef BENCH_BOARD_H
#define BENCH_BOARD_H

#define BENCH_REGISTER ((sep_word_t)0x09000018)        ///< the description's last readable register
#define BENCH_REGISTER_BITS ((sep_word_t)0x09000038)   ///< one of which a bit may be written
#define BENCH_REGISTER_BROKEN ((sep_word_t)0x09080000) ///< one where the bus has nothing

#endif
