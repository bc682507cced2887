// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What preemptions may take, as admission and the kernel compute it.

#include "arithmetic.h"
#include <septum/admission.h>
