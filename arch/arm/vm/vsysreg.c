// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// System registers of a partition that trap.

#include <vm/vsysreg.h>

#define OP0(esr) ((esr) >> 20 & 3u)
#define OP1(esr) ((esr) >> 14 & 7u)
#define CRN(esr) ((esr) >> 10 & 15u)
#define CRM(esr) ((esr) >> 1 & 15u)
#define OP2(esr) ((esr) >> 17 & 7u)

// ---------------------------------------------------------------------------------------- which register

// Debug registers that a system writes at its start: breakpoints and watchpoints, of which there are none that do
// anything, and the locks.
static enum vsysreg_kind debug_kind(uint32_t esr)
{
    if (OP1(esr) != 0u) {
        return VSYSREG_UNDEFINED;
    }
    if (CRN(esr) == 0u) { // values and controls; MDSCR_EL1 is among them
        return VSYSREG_ZERO;
    }
    return CRN(esr) == 1u ? VSYSREG_ZERO
                          : VSYSREG_UNDEFINED; // OSLAR_EL1, OSLSR_EL1, OSDLR_EL1, DBGPRCR_EL1
}

static enum vsysreg_kind written_kind(uint32_t esr)
{
    switch (VSYSREG_NAME(esr)) {
    case VSYSREG_ICC_SGI1R:
        return VSYSREG_SGI;
    case VSYSREG_ICC_DIR:
        return VSYSREG_END;
    default:
        return VSYSREG_UNDEFINED;
    }
}

enum vsysreg_kind vsysreg_kind(uint32_t esr)
{
    if (OP0(esr) == 2u) {
        return debug_kind(esr);
    }
    if (VSYSREG_IS_READ(esr) && VSYSREG_NAME(esr) <= VSYSREG(3, 0, 0, 7, 7) && OP0(esr) == 3u &&
        OP1(esr) == 0u && CRN(esr) == 0u && CRM(esr) <= 7u) {
        return VSYSREG_ID;
    }
    switch (VSYSREG_NAME(esr)) {
    case VSYSREG(3, 0, 12, 12, 5): // ICC_SRE_EL1
        return VSYSREG_SYSTEM;
    case VSYSREG(3, 0, 1, 0, 1): // ACTLR_EL1
        return VSYSREG_ZERO;
    default:
        return VSYSREG_IS_READ(esr) ? VSYSREG_UNDEFINED : written_kind(esr);
    }
}

// ------------------------------------------------------------------------------------------ identification

#define NUMBER(crm, op2) ((crm) * 8u + (op2))
#define FIELD(at) (0xfull << (at))

// Of a register: fields that pass, and of these the ones whose value is bounded (an unsigned field, at most).
struct filter {
    uint8_t number;
    uint64_t pass;
    struct {
        uint8_t at;
        uint8_t most;
    } bound[4];
};

#define GIC_AT 24u
#define FP_AT 16u
#define SIMD_AT 20u

// Everything that is not named is not there: no 32-bit state, performance monitors, statistical profiling, trace,
// scalable vectors and matrices, memory tags, pointer authentication (its keys are in no context), nested
// virtualization, RAS records. What passes needs nothing of the hypervisor.
static const struct filter filters[] = {
    // ID_AA64PFR0_EL1: EL0, EL1 in 64 bits alone; FP, SIMD, GIC, DIT, CSV2 without SCXTNUM_EL1, CSV3
    {NUMBER(4u, 0u),
     FIELD(0) | FIELD(4) | FIELD(FP_AT) | FIELD(SIMD_AT) | FIELD(GIC_AT) | FIELD(48) | FIELD(56) |
         FIELD(60),
     {{0, 1}, {4, 1}, {56, 1}}},
    // ID_AA64PFR1_EL1: BT, SSBS
    {NUMBER(4u, 1u), FIELD(0) | FIELD(4), {{0, 0}}},
    // ID_AA64DFR0_EL1: version of the debug architecture, as v8; two of each kind of comparators, the fewest
    {NUMBER(5u, 0u), FIELD(0) | FIELD(12) | FIELD(20), {{0, 6}, {12, 1}, {20, 1}}},
    // ID_AA64ISAR0_EL1: all but TME
    {NUMBER(6u, 0u), ~FIELD(24), {{0, 0}}},
    // ID_AA64ISAR1_EL1: DPB, JSCVT, FCMA, LRCPC, FRINTTS, SB, SPECRES, BF16, DGH, I8MM
    {NUMBER(6u, 1u),
     FIELD(0) | FIELD(12) | FIELD(16) | FIELD(20) | FIELD(32) | FIELD(36) | FIELD(40) | FIELD(44) |
         FIELD(48) | FIELD(52),
     {{0, 0}}},
    // ID_AA64ISAR2_EL1: RPRES
    {NUMBER(6u, 2u), FIELD(4), {{0, 0}}},
    // ID_AA64MMFR0_EL1: PARange to 40 bits, ASIDBits, BigEnd, SNSMem, BigEndEL0, granules of the first stage
    {NUMBER(7u, 0u), 0xfffffffull | FIELD(28), {{0, 2}}},
    // ID_AA64MMFR1_EL1: HAFDBS, HPDS, PAN, ETS
    {NUMBER(7u, 1u), FIELD(0) | FIELD(12) | FIELD(20) | FIELD(36), {{0, 0}}},
    // ID_AA64MMFR2_EL1: CnP, UAO, LSM, VARange, CCIDX, ST, AT, IDS, TTL, BBM, E0PD
    {NUMBER(7u, 2u),
     FIELD(0) | FIELD(4) | FIELD(8) | FIELD(16) | FIELD(20) | FIELD(28) | FIELD(32) | FIELD(36) |
         FIELD(48) | FIELD(52) | FIELD(60),
     {{0, 0}}},
};

static uint64_t bounded(uint64_t value, uint32_t at, uint32_t most)
{
    uint64_t field = value >> at & 0xfu;

    return field > most ? (value & ~FIELD(at)) | (uint64_t)most << at : value;
}

uint64_t vsysreg_identification(uint32_t number, uint64_t value, bool gicv3)
{
    for (uint32_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        const struct filter *filter = &filters[i];

        if (filter->number != number) {
            continue;
        }
        value &= filter->pass;
        for (uint32_t b = 0; b < 4u; b++) {
            if (filter->bound[b].most != 0u) {
                value = bounded(value, filter->bound[b].at, filter->bound[b].most);
            }
        }
        if (number == NUMBER(4u, 0u) && !gicv3) {
            value &= ~FIELD(GIC_AT);
        }
        return value;
    }
    return 0;
}

// --------------------------------------------------------------------------------------------- exceptions

#define PSTATE_MODE 0x1fu
#define PSTATE_32 0x10u
#define MODE_EL1T 0x4u
#define MODE_EL1H 0x5u
#define PSTATE_MASKS 0x3c0u
#define PSTATE_PAN (1u << 22)
#define PSTATE_KEPT 0xf1400000ull // condition codes; DIT (24), PAN
#define PSTATE_SSBS (1u << 12)
#define SCTLR_SPAN (1u << 23)
#define SCTLR_DSSBS (1ull << 44)

#define FROM_EL1T 0x000u
#define FROM_EL1H 0x200u
#define FROM_EL0 0x400u
#define FROM_EL0_32 0x600u

static uint64_t entry_from(uint64_t pstate)
{
    if ((pstate & PSTATE_32) != 0u) {
        return FROM_EL0_32;
    }
    switch (pstate & PSTATE_MODE) {
    case MODE_EL1H:
        return FROM_EL1H;
    case MODE_EL1T:
        return FROM_EL1T;
    default:
        return FROM_EL0;
    }
}

void vsysreg_enter(struct vsysreg_exception *exception)
{
    uint64_t pstate = exception->pstate & PSTATE_KEPT;

    if ((exception->sctlr & SCTLR_SPAN) == 0u) {
        pstate |= PSTATE_PAN;
    }
    if ((exception->sctlr & SCTLR_DSSBS) != 0u) {
        pstate |= PSTATE_SSBS;
    }
    exception->new_pstate = pstate | PSTATE_MASKS | MODE_EL1H;
    exception->entry = exception->vbar + entry_from(exception->pstate);
}
