// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Lines of the hypervisor's own console.

#ifndef KERNEL_PRINT_H
#define KERNEL_PRINT_H

#include <stdint.h>

/// Longest line, longer ones are cut.
#define PRINT_LINE_MAX 160u

/// Prints a line (the line break is added) on the hypervisor's console. Understands %s, %u (32 bits,
/// decimal), %x (32 bits, hexadecimal), %p (a machine word, hexadecimal) and %%. A line that finds no room is lost and counted.
__attribute__((format(printf, 1, 2))) void print(const char *format, ...);

#endif
