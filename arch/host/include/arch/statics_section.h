// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Included in front of every file of kernel and services on the host: their static memory is
// gathered in sections of its own (arch/host/statics.c).

#ifndef ARCH_STATICS_SECTION_H
#define ARCH_STATICS_SECTION_H

#pragma clang section bss = "hypervisor_bss" data = "hypervisor_data"

#endif
