// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual devices of a compiled configuration, as listing and report tell them.

#include "image/virtual.h"

#include <inttypes.h>

#include <septum/info.h>

static const char *kind_of(const struct sep_cfg_vdevice *device)
{
    static const char *const kinds[] = {"gicv3-distributor",
                                        "gicv3-redistributors",
                                        "gicv2-distributor",
                                        "gicv2-interface",
                                        "pl011",
                                        "doorbells"};

    return device->kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[device->kind] : "?";
}

void virtual_text(const struct cfgfile *cfg, const struct sep_cfg_partition *p, FILE *out)
{
    for (uint32_t i = 0; i < p->vdevices.count; i++) {
        const struct sep_cfg_vdevice *device = &cfg->vdevices[p->vdevices.first + i];

        (void)fprintf(out, "  virtual device 0x%08" PRIx64 "  %10" PRIu64 " bytes  %s",
                      device->start, device->size, kind_of(device));
        if (device->interrupt != 0u) {
            (void)fprintf(out, ", interrupt %u", device->interrupt);
        }
        (void)fputc('\n', out);
    }
}

void virtual_json(struct json *j, const struct cfgfile *cfg, const struct sep_cfg_partition *p)
{
    json_bool(j, "unmodified", (p->flags & SEP_PARTITION_UNMODIFIED) != 0u);
    json_open(j, "virtual_devices", '[');
    for (uint32_t i = 0; i < p->vdevices.count; i++) {
        const struct sep_cfg_vdevice *device = &cfg->vdevices[p->vdevices.first + i];

        json_open(j, NULL, '{');
        json_text(j, "kind", kind_of(device));
        json_address(j, "start", device->start);
        json_number(j, "size", device->size);
        json_number(j, "interrupt", device->interrupt);
        json_close(j, '}');
    }
    json_close(j, ']');
}
