// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Parts of the report's JSON.

#ifndef SEPTUM_TOOL_REPORT_DATA_H
#define SEPTUM_TOOL_REPORT_DATA_H

#include "report/json.h"
#include "report/report.h"

/// Writes one partition as an element of an array.
void report_put_partition(struct json *j, const struct report *r, uint32_t index);

/// Writes what is done about events, and what is recorded, as members of a partition or of the
/// hypervisor.
void report_put_health(struct json *j, const struct report *r, uint32_t owner);

#endif
