// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Nothing here is inline.

#ifndef ARCH_IRQ_H
#define ARCH_IRQ_H

#endif
