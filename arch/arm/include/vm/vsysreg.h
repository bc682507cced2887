// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// System registers of a partition that trap: which one, what it reads, and the exception that a partition gets for one
// it has not.
//
// Source: Arm Architecture Reference Manual for A-profile (DDI 0487), chapter D19; D1.3.1 for exceptions.

#ifndef VM_VSYSREG_H
#define VM_VSYSREG_H

#include <septum/types.h>

/// A register's name as in a syndrome: op0, op1, CRn, CRm, op2, each at its place.
#define VSYSREG(op0, op1, crn, crm, op2)                                                           \
    ((uint32_t)(op0) << 20 | (uint32_t)(op2) << 17 | (uint32_t)(op1) << 14 |                       \
     (uint32_t)(crn) << 10 | (uint32_t)(crm) << 1)
#define VSYSREG_NAME(esr) ((esr) & 0x003ffc1eu)
#define VSYSREG_TARGET(esr) ((uint32_t)(esr) >> 5 & 31u)
#define VSYSREG_IS_READ(esr) (((esr) & 1u) != 0u)

/// Those that the caller handles itself.
#define VSYSREG_ICC_SGI1R VSYSREG(3, 0, 12, 11, 5)
#define VSYSREG_ICC_DIR VSYSREG(3, 0, 12, 11, 1)

/// What is done with a register.
enum vsysreg_kind {
    VSYSREG_UNDEFINED, ///< the partition has it not
    VSYSREG_ZERO,      ///< reads as zero, writes are without effect
    VSYSREG_SYSTEM,    ///< ICC_SRE_EL1: system registers are in use, always
    VSYSREG_ID,        ///< identification: vsysreg_identification() of the processor's own
    VSYSREG_SGI,       ///< ICC_SGI1R_EL1, written
    VSYSREG_END,       ///< ICC_DIR_EL1, written
};

/// What ICC_SRE_EL1 reads: system registers, no bypass.
#define VSYSREG_SRE 0x7u

/// Which it is, of a syndrome of class 0x18. Bound: constant.
enum vsysreg_kind vsysreg_kind(uint32_t esr);

/// Identification registers by number: CRm 0 … 7, op2 0 … 7 of op0 3, op1 0, CRn 0.
#define VSYSREG_IDS 64u
#define VSYSREG_ID_NUMBER(esr) (((esr) >> 1 & 7u) * 8u + ((esr) >> 17 & 7u))

/// What a partition reads of an identification register: of the processor's own value, what the hypervisor passes
/// on. gicv3: whether the partition has that controller's system registers. Registers that are not named read zero.
uint64_t vsysreg_identification(uint32_t number, uint64_t value, bool gicv3);

/// A synchronous exception that a partition takes at its own level 1.
struct vsysreg_exception {
    uint64_t pc;     ///< of the instruction: ELR_EL1
    uint64_t pstate; ///< before: SPSR_EL1
    uint64_t vbar;
    uint64_t sctlr;
    uint64_t entry;      ///< result: next instruction
    uint64_t new_pstate; ///< result
};

/// Where the processor goes on, from .pc, .pstate, .vbar and .sctlr.
void vsysreg_enter(struct vsysreg_exception *exception);

/// ESR_EL1 of an undefined instruction.
#define VSYSREG_ESR_UNDEFINED 0x02000000u

#endif
