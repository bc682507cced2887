// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The interrupt controller of the simulated machine has nothing that is inline.

#ifndef ARCH_IRQ_H
#define ARCH_IRQ_H

#endif
