// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Other processors, by the firmware's power calls (Arm Power State Coordination Interface, DEN 0022) and by
// interrupts from software.

#include <hal/cpu.h>
#include <hal/smp.h>

#include <arch/boot.h>
#include <arch/gic.h>
#include <arch/smp.h>

_Static_assert(CONFIG_STACK_SIZE % TABLE_PAGE == 0, "the next one's guard is a page");

__attribute__((section(".stacks"), aligned(TABLE_PAGE),
               used)) static struct boot_stack stacks[CONFIG_CPUS_MAX - 1];

#define PSCI_OK 0
#define PSCI_ALREADY_ON (-4)
#define PSCI_ON_PENDING (-5)
/// How often a processor that is still going off is asked again.
#define START_TRIES 10000000u

/// entry.S
extern const char entry_other[];

static int64_t power_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = a;
    register uint64_t x2 __asm__("x2") = b;
    register uint64_t x3 __asm__("x3") = c;

    __asm__ volatile("smc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                     :
                     : "memory", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
                       "x14", "x15", "x16", "x17");
    return (int64_t)x0;
}

bool hal_smp_start(uint32_t cpu)
{
    int64_t answer = PSCI_ON_PENDING;

    // What it looks at is in memory before it does.
    __asm__ volatile("dsb sy" : : : "memory");
    for (uint32_t i = 0;
         i < START_TRIES && (answer == PSCI_ALREADY_ON || answer == PSCI_ON_PENDING); i++) {
        answer = power_call(PSCI_CPU_ON, smp_affinity(cpu), (uintptr_t)entry_other, cpu);
        hal_cpu_relax();
    }
    return answer == PSCI_OK;
}

#define SGI_TARGET(affinity) (1ull << ((affinity) & 0xfu))
#define SGI_AFFINITY(affinity, level) ((affinity) >> (8u * (level)) & 0xffu)

void hal_smp_kick(uint32_t cpu)
{
    uint64_t affinity = smp_affinity(cpu);

    // What was written for the other processor is seen before the interrupt is.
    __asm__ volatile("dsb ish" : : : "memory");
    if (gic_memory) {
        GICD_SGI = 1u << (16u + cpu) | GIC_KICK;
    } else {
        SYSREG_WRITE(icc_sgi1r_el1, SGI_AFFINITY(affinity, 3u) << 48 |
                                        SGI_AFFINITY(affinity, 2u) << 32 |
                                        SGI_AFFINITY(affinity, 1u) << 16 |
                                        (uint64_t)GIC_KICK << 24 | SGI_TARGET(affinity));
        __asm__ volatile("isb" : : : "memory");
    }
}
