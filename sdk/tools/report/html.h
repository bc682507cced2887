// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Parts of the report's page. Pictures are SVG inside the page; nothing is fetched, nothing runs.

#ifndef SEPTUM_TOOL_HTML_H
#define SEPTUM_TOOL_HTML_H

#include "report/report.h"

/// Colours of partitions, used in turn (class c0 … ).
#define HTML_COLOURS 10u

/// The style sheet.
extern const char HTML_STYLE[];

/// Writes text with what HTML gives a meaning replaced.
void html_text(FILE *out, const char *text);

/// A coordinate: value / scale of `span`, with two decimals, computed in integers.
void html_coordinate(FILE *out, uint64_t value, uint64_t scale, unsigned span);

/// Width of a text in a picture, estimated, in the picture's units.
unsigned html_width(const char *text);

/// A text cut to a width, as an SVG text element; nothing when not even three letters fit.
void html_label(FILE *out, const char *css, unsigned x, unsigned y, unsigned width,
                const char *text);

/// Plans: charts, loads and tables.
void html_plans(const struct report *report, FILE *out);

/// Memory: the hypervisor's and each partition's.
void html_memory(const struct report *report, FILE *out);

/// Ports and channels: the graph and a table; nothing where there are none.
void html_channels(const struct report *report, FILE *out);

/// Partitions: requirements, devices, ports.
void html_partitions(const struct report *report, FILE *out);

/// Health monitoring: actions and limits of all and of the hypervisor, and what is recorded.
void html_health(const struct report *report, FILE *out);

#endif
