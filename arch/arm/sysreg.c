// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// System registers of partitions: identification, and those of a partition's own MMU until it switches that on.
//
// While its MMU is off a partition's memory is cacheable (HCR_EL2.DC), as the hypervisor's view of it
// is; the processor then ignores that MMU. So its writes to these registers trap, and are done here. The
// one that switches it on ends that: from then on they are the partition's own.

#include <arch/sysreg.h>
#include <arch/trap.h>
#include <vm/vsysreg.h>

uint64_t sysreg_identification(uint32_t esr, bool gic)
{
    uint64_t value = 0;

    switch (VSYSREG_NAME(esr)) {
#define READ(name, crm, op2)                                                                       \
    case VSYSREG(3, 0, 0, crm, op2):                                                               \
        value = SYSREG_READ(name);                                                                 \
        break;
        READ(id_aa64pfr0_el1, 4, 0)
        READ(id_aa64pfr1_el1, 4, 1)
        READ(id_aa64dfr0_el1, 5, 0)
        READ(id_aa64isar0_el1, 6, 0)
        READ(id_aa64isar1_el1, 6, 1)
        READ(S3_0_C0_C6_2, 6, 2)
        READ(id_aa64mmfr0_el1, 7, 0)
        READ(id_aa64mmfr1_el1, 7, 1)
        READ(S3_0_C0_C7_2, 7, 2)
    default:
        break;
    }
    return vsysreg_identification(VSYSREG_ID_NUMBER(esr), value, gic);
}

static void write_control(struct hal_context *context, uint64_t value)
{
    SYSREG_WRITE(sctlr_el1, value);
    if ((value & SCTLR_M) != 0u) {
        context_write(context, hcr, hcr_el2, context->hcr & ~(uint64_t)(HCR_DC | HCR_TVM));
    }
}

static bool write_mmu(struct hal_context *context, uint32_t esr)
{
    uint32_t target = VSYSREG_TARGET(esr);
    uint64_t value = target < 31u ? context->x[target] : 0u;

    switch (VSYSREG_NAME(esr)) {
    case VSYSREG(3, 0, 1, 0, 0):
        write_control(context, value);
        return true;
    case VSYSREG(3, 0, 2, 0, 0):
        SYSREG_WRITE(ttbr0_el1, value);
        return true;
    case VSYSREG(3, 0, 2, 0, 1):
        SYSREG_WRITE(ttbr1_el1, value);
        return true;
    case VSYSREG(3, 0, 2, 0, 2):
        SYSREG_WRITE(tcr_el1, value);
        return true;
    case VSYSREG(3, 0, 5, 1, 0):
        SYSREG_WRITE(afsr0_el1, value);
        return true;
    case VSYSREG(3, 0, 5, 1, 1):
        SYSREG_WRITE(afsr1_el1, value);
        return true;
    case VSYSREG(3, 0, 5, 2, 0):
        SYSREG_WRITE(esr_el1, value);
        return true;
    case VSYSREG(3, 0, 6, 0, 0):
        SYSREG_WRITE(far_el1, value);
        return true;
    case VSYSREG(3, 0, 10, 2, 0):
        SYSREG_WRITE(mair_el1, value);
        return true;
    case VSYSREG(3, 0, 10, 3, 0):
        SYSREG_WRITE(amair_el1, value);
        return true;
    case VSYSREG(3, 0, 13, 0, 1):
        SYSREG_WRITE(contextidr_el1, value);
        return true;
    default:
        return false;
    }
}

bool sysreg_done(struct hal_context *context, uint32_t esr)
{
    if (!VSYSREG_IS_READ(esr)) {
        return write_mmu(context, esr);
    }
    if (vsysreg_kind(esr) != VSYSREG_ID) {
        return false;
    }
    if (VSYSREG_TARGET(esr) < 31u) {
        context->x[VSYSREG_TARGET(esr)] = sysreg_identification(esr, false);
    }
    return true;
}
