// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The hypervisor's static memory inside the test program.

#ifndef HOST_STATICS_H
#define HOST_STATICS_H

#include <stdint.h>

/// Gives the hypervisor's data and bss the values of its binary, as its start-up code does.
void host_statics_restore(void);

/// Keeps the values that they have now; gives them those values again.
void host_statics_keep(void);
void host_statics_bring_back(void);

#endif
