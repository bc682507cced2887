// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// `septum plan simulate`, which has options of its own.

#ifndef SEPTUM_TOOL_PLAN_SIMULATE_H
#define SEPTUM_TOOL_PLAN_SIMULATE_H

int plan_simulate(int argc, char **argv);

#endif
