// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that SPARC alone has.

#include "table.h"

#include <septum/arch/sparc.h>

#define PSR_OFF 0xf00u ///< PIL 15, ET 0

void table_add_isa(void)
{
    table_add("psr_get", SEP_HC_SPARC_PSR_GET, 0, 0, 0);
    table_expect(TABLE_ANY);
    table_add("psr_set", SEP_HC_SPARC_PSR_SET, PSR_OFF, 0, 0);
    table_add("flush_windows", SEP_HC_SPARC_FLUSH_WINDOWS, 0, 0, 0);
}
