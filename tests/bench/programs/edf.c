// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Real-time vCPUs that do nothing in their jobs: what is left is the hypervisor's work for each release.

#include <rt/vcpu.h>
#include <septum/septum.h>

#define JOBS 40u

static void wait_for_ever(uintptr_t unused)
{
    (void)unused;
    for (;;) {
        (void)sep_periodic_wait();
    }
}

int main(void)
{
    const struct sep_info *info = sep_info();

    for (uint32_t v = 1; v < info->vcpu_count; v++) {
        (void)rt_vcpu_start(v, wait_for_ever, 0);
    }
    for (unsigned n = 0; n < JOBS; n++) {
        (void)sep_periodic_wait();
    }
    (void)sep_system_halt();
    return 0;
}
