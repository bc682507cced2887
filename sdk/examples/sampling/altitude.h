// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the sensor tells the others.

#ifndef ALTITUDE_H
#define ALTITUDE_H

#include <septum/septum.h>
#include <stdio.h>

struct altitude {
    uint32_t number; ///< of the sample
    uint32_t metres;
};

#endif
