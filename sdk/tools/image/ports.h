// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ports and channels of a compiled configuration, as listing and report tell them.

#ifndef SEPTUM_TOOL_PORTS_H
#define SEPTUM_TOOL_PORTS_H

#include "image/cfgfile.h"
#include "report/json.h"

/// An end of a channel.
struct port_end {
    uint32_t partition; ///< index of its record
    uint32_t port;      ///< its id there
};

/// Before the first end, for ports_next().
#define PORT_END_BEGIN ((struct port_end){0, UINT32_MAX})

/// Moves on to a channel's next end of one direction (enum sep_port_direction); false: there is none.
bool ports_next(const struct cfgfile *cfg, uint32_t channel, uint32_t direction,
                struct port_end *end);

/// The one source of a channel.
struct port_end ports_source(const struct cfgfile *cfg, uint32_t channel);

const struct sep_cfg_port *ports_record(const struct cfgfile *cfg, struct port_end end);
const char *ports_name(const struct cfgfile *cfg, struct port_end end);
const char *ports_partition(const struct cfgfile *cfg, struct port_end end);

/// Name of the channel of a port; "" when it has none.
const char *ports_channel(const struct cfgfile *cfg, const struct sep_cfg_port *port);

/// "sampling" or "queuing"; "source" or "destination".
const char *ports_kind(uint32_t kind);
const char *ports_direction(uint32_t direction);

/// Bytes of a channel's buffers in the arena.
uint32_t ports_buffers(const struct sep_cfg_channel *channel);

/// Members of a JSON object: "ports" of a partition, "channels" of the system.
void ports_json(struct json *j, const struct cfgfile *cfg, const struct sep_cfg_partition *p);
void ports_channels_json(struct json *j, const struct cfgfile *cfg);

#endif
