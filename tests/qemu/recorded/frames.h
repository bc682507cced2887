// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// In which frames what happens: everybody is loaded long before.

#ifndef RECORDED_FRAMES_H
#define RECORDED_FRAMES_H

#include <septum/septum.h>

#define FRAME_WRITE 40u
#define FRAME_READ 41u
#define FRAME_END 43u

/// Idles until the system's frame of that number.
static inline void wait_for_frame(uint32_t frame)
{
    struct sep_plan_status status = {0};

    do {
        (void)sep_idle_self();
        (void)sep_plan_status(&status);
    } while (status.frame_count < frame);
}

#endif
