// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Functions off the hot path, in the files that are compiled for speed.

#ifndef KERNEL_COLD_H
#define KERNEL_COLD_H

/// Compiled for size, never inlined into a hot one.
#define COLD __attribute__((noinline, minsize))

#endif
