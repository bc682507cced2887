// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Real-time vCPUs that do nothing in their jobs: what is left is the hypervisor's work for each release. With COMPUTES
// the first one takes nearly all of its capacity, and its job is open at others' releases.

#include <assert.h>
#include <rt/vcpu.h>
#include <septum/septum.h>

#define JOBS 50u
#define EARLY 10u ///< jobs until all partitions have begun

#define REST 1000000u ///< of a capacity, ns: before it is used up the job ends

static void wait_for_ever(uintptr_t unused)
{
    (void)unused;
    for (;;) {
        (void)sep_periodic_wait();
    }
}

static void job(bool first)
{
#ifdef COMPUTES
    struct sep_periodic_status status;

    do {
        for (volatile uint32_t i = 0; i < 300u; i++) {
        }
        assert(sep_periodic_status(SEP_SELF, 0, &status) == SEP_OK);
    } while (first && status.left > REST);
#else
    (void)first;
#endif
}

// Looked for by the bench.
__attribute__((noinline)) void loaded(void);

void loaded(void)
{
    __asm__ volatile("");
}

int main(void)
{
    const struct sep_info *info = sep_info();

    for (uint32_t v = 1; v < info->vcpu_count; v++) {
        assert(rt_vcpu_start(v, wait_for_ever, 0) == SEP_OK);
    }
    for (unsigned n = 0; n < JOBS; n++) {
        if (n == EARLY) {
            loaded();
        }
        job(info->partition == 0u);
        (void)sep_periodic_wait();
    }
    if (info->partition == 0u) {
        (void)sep_system_halt();
    }
    wait_for_ever(0);
    return 0;
}
