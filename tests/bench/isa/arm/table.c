// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// There are no hypercalls that Armv8-A alone has.

#include "table.h"

void table_add_isa(void)
{
}
