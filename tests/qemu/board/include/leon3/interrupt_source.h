// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// LEON3, test build: the source of interrupts. For partitions, and for the build itself.

#ifndef INTERRUPT_SOURCE_H
#define INTERRUPT_SOURCE_H

#include <septum/septum.h>

/// Registers that all raise the line whose number is written to them; one for each partition.
#define SOURCE_REGISTER(n) (0x800f0000u + 4u * (n))
#define SOURCE_SIZE 64u

/// Lines that nothing else raises, n below 4.
#define SOURCE_LINE(n) (9u + (n))

/// Raises a line by the n-th register; what sep_io_write() answers.
static inline sep_status_t source_raise(uint32_t n, uint32_t line)
{
    return sep_io_write(SOURCE_REGISTER(n), line);
}

#endif
