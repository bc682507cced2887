// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The raw hypercall, by number of arguments. The architecture's header defines
//
//   sep_status_t sep_call0(number) … sep_call3(number, a0, a1, a2), sep_call5(number, a0 … a4)
//
// as static inline functions around its trap instruction; everything else of libseptum is portable.

#ifndef SEPTUM_CALL_H
#define SEPTUM_CALL_H

#include <septum/hypercall.h>
#include <septum/types.h>

#if defined(__sparc__)
#include <septum/arch/sparc.h>
#elif defined(__aarch64__)
#include <septum/arch/arm.h>
#elif defined(SEPTUM_CALL_HEADER)
#include SEPTUM_CALL_HEADER // a test's own
#else
#error "no septum/arch header for this instruction set"
#endif

#endif
