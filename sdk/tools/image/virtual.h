// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual devices of a compiled configuration, as listing and report tell them.

#ifndef SEPTUM_TOOL_VIRTUAL_H
#define SEPTUM_TOOL_VIRTUAL_H

#include <stdio.h>

#include "image/cfgfile.h"
#include "report/json.h"

/// One line for each of a partition.
void virtual_text(const struct cfgfile *cfg, const struct sep_cfg_partition *p, FILE *out);

/// Members of a JSON object: "unmodified" and "virtual_devices" of a partition.
void virtual_json(struct json *j, const struct cfgfile *cfg, const struct sep_cfg_partition *p);

#endif
