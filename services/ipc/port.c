// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ports by name, among the caller's own.

#include "channel.h"

#include <kernel/guest.h>
#include <kernel/hypercall.h>

// Whether a request, terminated or not, has this name, which is shorter than SEP_NAME_MAX
// (config_open()).
static bool has_name(const struct sep_port_request *request, const char *name)
{
    uint32_t i = 0;

    while (request->name[i] == name[i] && name[i] != '\0') {
        i++;
    }
    return request->name[i] == name[i];
}

HYPERCALL(port_open)
{
    const sep_list_port *list = &cpu_caller()->partition->config->ports;
    struct sep_port_request request;
    sep_status_t result = guest_read(&request, a0, sizeof(request), 4);

    if (result != SEP_OK) {
        return result;
    }
    for (uint32_t id = 0; id < list->count; id++) {
        const struct sep_cfg_port *port = &config.port[list->first + id];

        if (has_name(&request, config_text(port->name.offset))) {
            if (port->kind != request.kind || port->direction != request.direction) {
                return SEP_INVALID_PARAM;
            }
            if (port->message_size != request.message_size || port->depth != request.depth) {
                return SEP_INVALID_CONFIG;
            }
            return guest_write(a1, &id, sizeof(id), 4);
        }
    }
    return SEP_INVALID_PARAM;
}
