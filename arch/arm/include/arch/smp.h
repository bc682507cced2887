// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Names of processors.

#ifndef ARCH_SMP_H
#define ARCH_SMP_H

#include <board/board.h>
#include <septum/types.h>

/// Affinity of a processor, as the interrupt controller's routes have it: four bytes, the highest level first.
static inline uint64_t smp_affinity(uint32_t cpu)
{
    return BOARD_AFFINITY(cpu);
}

#endif
