// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a partition's own MMU, until it switches that on.
//
// While its MMU is off a partition's memory is cacheable (HCR_EL2.DC), as the hypervisor's view of it
// is; the processor then ignores that MMU. So its writes to these registers trap, and are done here. The
// one that switches it on ends that: from then on they are the partition's own.

#include <arch/sysreg.h>
#include <arch/trap.h>

// The instruction in a syndrome: direction and register apart from the rest.
#define ISS_READ 1u
#define ISS_TARGET(iss) (((iss) >> 5) & 31u)
#define ISS_NAME 0x003ffc1eu
#define NAME(op0, op1, crn, crm, op2)                                                              \
    ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)

static void write_control(struct hal_context *context, uint64_t value)
{
    SYSREG_WRITE(sctlr_el1, value);
    if ((value & SCTLR_M) != 0u) {
        context_write(context, hcr, hcr_el2, context->hcr & ~(uint64_t)(HCR_DC | HCR_TVM));
    }
}

bool sysreg_written(struct hal_context *context, uint32_t esr)
{
    uint32_t target = ISS_TARGET(esr);
    uint64_t value = target < 31u ? context->x[target] : 0u;

    if ((esr & ISS_READ) != 0u) {
        return false;
    }
    switch (esr & ISS_NAME) {
    case NAME(3u, 0u, 1u, 0u, 0u):
        write_control(context, value);
        return true;
    case NAME(3u, 0u, 2u, 0u, 0u):
        SYSREG_WRITE(ttbr0_el1, value);
        return true;
    case NAME(3u, 0u, 2u, 0u, 1u):
        SYSREG_WRITE(ttbr1_el1, value);
        return true;
    case NAME(3u, 0u, 2u, 0u, 2u):
        SYSREG_WRITE(tcr_el1, value);
        return true;
    case NAME(3u, 0u, 5u, 1u, 0u):
        SYSREG_WRITE(afsr0_el1, value);
        return true;
    case NAME(3u, 0u, 5u, 1u, 1u):
        SYSREG_WRITE(afsr1_el1, value);
        return true;
    case NAME(3u, 0u, 5u, 2u, 0u):
        SYSREG_WRITE(esr_el1, value);
        return true;
    case NAME(3u, 0u, 6u, 0u, 0u):
        SYSREG_WRITE(far_el1, value);
        return true;
    case NAME(3u, 0u, 10u, 2u, 0u):
        SYSREG_WRITE(mair_el1, value);
        return true;
    case NAME(3u, 0u, 10u, 3u, 0u):
        SYSREG_WRITE(amair_el1, value);
        return true;
    case NAME(3u, 0u, 13u, 0u, 1u):
        SYSREG_WRITE(contextidr_el1, value);
        return true;
    default:
        return false;
    }
}
