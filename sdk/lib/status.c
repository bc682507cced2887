// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Names of statuses.

#include <septum/septum.h>

const char *sep_status_name(sep_status_t status)
{
    switch (status) {
#define SEP_STATUS_CASE(name, value, meaning)                                                      \
    case name:                                                                                     \
        return #name;
        SEP_STATUS_LIST(SEP_STATUS_CASE)
#undef SEP_STATUS_CASE
    default:
        return "?";
    }
}
