// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Running a C function on another vCPU of the partition.

#ifndef SEPTUM_RT_VCPU_H
#define SEPTUM_RT_VCPU_H

#include <septum/septum.h>

/// vCPUs of a partition that the runtime can start.
#define RT_VCPU_MAX 8u

/// Starts a halted vCPU in a function; when that returns, the vCPU halts.
/// @param vcpu 1 … RT_VCPU_MAX - 1; vCPU 0 runs main()
/// @param function called with the argument
/// @return as sep_vcpu_start()
sep_status_t rt_vcpu_start(uint32_t vcpu, void (*function)(uintptr_t argument), uintptr_t argument);

#endif
