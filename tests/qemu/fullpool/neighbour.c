// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Calls what takes longest, whenever it is let: a best-effort vCPU between the others' jobs, and a real-time one
// in its jobs, beyond the end of each; and raises the fast interrupt, if there is one.

#include "storm.h"

#include <rt/vcpu.h>
#include <septum/septum.h>

#define MESSAGE 4096u

static uint32_t port;
// At an odd address a message is copied byte by byte.
static uint64_t messages[2][MESSAGE / 8u + 1u];

_Noreturn static void call_for_ever(uintptr_t vcpu)
{
    for (;;) {
        storm_raise();
        (void)sep_sampling_write(port, (const uint8_t *)messages[vcpu] + 1, MESSAGE);
    }
}

int main(void)
{
    if (sep_sampling_create("out", SEP_PORT_SOURCE, MESSAGE, &port) != SEP_OK ||
        rt_vcpu_start(1, call_for_ever, 1) != SEP_OK) {
        return 1;
    }
    call_for_ever(0);
}
