// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A fast interrupt that everybody raises all the time, where STORM is 1.

#ifndef STORM_H
#define STORM_H

#include <interrupt_source.h>

static inline void storm_raise(void)
{
    if (STORM != 0) {
        (void)source_raise(sep_info()->partition, SOURCE_LINE(0));
    }
}

#endif
