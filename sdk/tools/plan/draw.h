// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What `septum plan` shows, as text, JSON, SVG and a page.

#ifndef SEPTUM_TOOL_PLAN_DRAW_H
#define SEPTUM_TOOL_PLAN_DRAW_H

#include <stdio.h>

#include "plan/analysis.h"
#include "plan/synthesis.h"

struct plan_view {
    const struct sys *sys;
    const struct board *board;
    const struct analysis *analysis;
    bool is_made;
    struct synthesis made; ///< if is_made
};

void plan_write_text(const struct plan_view *view, FILE *out);
void plan_write_json(const struct plan_view *view, FILE *out);
void plan_write_svg(const struct plan_view *view, FILE *out);
void plan_write_html(const struct plan_view *view, FILE *out);

/// The picture alone, for a page.
void plan_draw(const struct plan_view *view, FILE *out);

/// The style sheet of pictures, and the smallest of 1, 2, 5 times a power of ten that cuts a length into few pieces.
extern const char PLAN_STYLE[];
uint64_t plan_tick_step(uint64_t length);

/// The name of a scheduler inside a partition.
const char *plan_policy(int policy);

/// "met", "late", "unknown".
const char *plan_verdict(enum tasks_verdict verdict);

/// Slots of plan 0 on all processors.
size_t plan_slots(const struct plan_view *view);

/// Slots of a processor's plan 0 that do not go on where the one before ends with the same vCPU.
size_t plan_switches(const struct sys_cpu *cpu);

#endif
