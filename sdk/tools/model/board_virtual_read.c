// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What of a board's description tells of virtual devices.

#include "model/board.h"

#include "model/reader.h"
#include "xml/document.h"
#include "xml/positions.h"

static const char *const controller_words[] = {"gicv3", "gicv2", NULL};

static uint64_t number(const struct reader *r, xmlNode *node, const char *name)
{
    return read_count(r, node, name, UINT32_MAX).value;
}

static void read_controller(const struct reader *r, struct virtual_devices *v, xmlNode *node)
{
    struct num hardware = read_address(r, node, "hardware");

    v->controller = read_word(r, node, "type", controller_words) == CONTROLLER_GICV2
                        ? CONTROLLER_GICV2
                        : CONTROLLER_GICV3;
    v->distributor = read_address(r, node, "distributor").value;
    v->interfaces = read_address(r, node, "interfaces").value;
    v->interface_hardware = hardware.value;
    if (v->controller == CONTROLLER_GICV2 && !hardware.given) {
        diag_add(r->diags, RULE_ATTRIBUTE_MISSING, position_of(node),
                 "'InterruptController' of type 'gicv2' has no attribute 'hardware'" MEND "add it");
    }
}

static void read_timer(const struct reader *r, struct virtual_devices *v, xmlNode *node)
{
    v->timer_secure = number(r, node, "secure");
    v->timer_physical = number(r, node, "physical");
    v->timer_virtual = number(r, node, "virtual");
    v->timer_hypervisor = number(r, node, "hypervisor");
}

void board_virtual_read(const struct reader *r, struct board *board, xmlNode *node)
{
    struct virtual_devices *v = &board->virtual;

    v->processor = read_text(r, node, "processor").text;
    v->clock = number(r, node, "clock");
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        if (document_is(c, "InterruptController")) {
            read_controller(r, v, c);
        } else if (document_is(c, "Timer")) {
            read_timer(r, v, c);
        } else if (document_is(c, "Console")) {
            v->console = read_address(r, c, "start").value;
            v->console_interrupt = number(r, c, "interrupt");
        } else if (document_is(c, "Doorbells")) {
            v->doorbells = read_address(r, c, "start").value;
            v->doorbells_interrupt = number(r, c, "interrupt");
        }
    }
}
