// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Parts of a simulation's page.

#ifndef SEPTUM_TOOL_SIMULATE_DRAW_H
#define SEPTUM_TOOL_SIMULATE_DRAW_H

#include <stdio.h>

#include "simulate/simulate.h"

/// The picture alone.
void simulation_draw(const struct simulation *simulation, FILE *out);

#endif
