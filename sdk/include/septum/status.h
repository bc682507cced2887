// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a hypercall answers. Zero is success, everything else says why nothing was done.

#ifndef SEPTUM_STATUS_H
#define SEPTUM_STATUS_H

/// X(name, value, meaning): the one list of statuses; values never change once released.
#define SEP_STATUS_LIST(X)                                                                         \
    X(SEP_OK, 0, "done")                                                                           \
    X(SEP_NO_ACTION, -1, "nothing to do: the object is in that state already")                     \
    X(SEP_UNKNOWN_HYPERCALL, -2, "no hypercall has this number")                                   \
    X(SEP_INVALID_PARAM, -3, "an argument is out of range")                                        \
    X(SEP_NO_PERMISSION, -4, "only a system partition may do this, or the object is another's")    \
    X(SEP_INVALID_CONFIG, -5, "the request contradicts the system description")                    \
    X(SEP_INVALID_MODE, -6, "the object's state or mode forbids the request")                      \
    X(SEP_NOT_AVAILABLE, -7, "not now: full, empty or busy; try again later")                      \
    X(SEP_INVALID_ADDRESS, -8, "a pointer is misaligned or outside the caller's memory areas")     \
    X(SEP_BATCH_ERROR, -9, "a call of the batch failed; its own status says why")

enum sep_status {
#define SEP_STATUS_ENUM(name, value, meaning) name = (value),
    SEP_STATUS_LIST(SEP_STATUS_ENUM)
#undef SEP_STATUS_ENUM
};

typedef int sep_status_t;

#endif
