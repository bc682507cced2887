// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of actions: the description's, and the defaults for what it leaves out.

#include "compile/records.h"

#include <septum/event.h>

// In the order of enum sep_event: of a partition's events, and of the hypervisor's own.
static const struct sep_cfg_action defaults[2][SEP_EVENT_COUNT] = {{
#define DEFAULT(name, word, action, log, allowed, own, own_allowed) [name] = {(action), (log)},
                                                                       SEP_EVENT_LIST(DEFAULT)
#undef DEFAULT
                                                                   },
                                                                   {
#define DEFAULT(name, word, action, log, allowed, own, own_allowed) [name] = {(own), SEP_LOG_YES},
                                                                       SEP_EVENT_LIST(DEFAULT)
#undef DEFAULT
                                                                   }};

sep_list_action records_actions(struct records *r, const struct sys_health *health, bool own)
{
    sep_list_action list = RECORD_LIST_BEGIN(r, action);

    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        struct sep_cfg_action *record = RECORD_ADD(r, action);

        *record = defaults[own ? 1 : 0][event];
        for (size_t i = 0; i < health->event_count; i++) {
            const struct sys_event *said = &health->events[i];

            // An action that is named is worth a record.
            if (said->event == (int)event) {
                record->action = (uint32_t)said->act;
                record->log = said->log < 0 ? SEP_LOG_YES : (uint32_t)said->log;
            }
        }
    }
    RECORD_LIST_END(r, action, &list);
    return list;
}
