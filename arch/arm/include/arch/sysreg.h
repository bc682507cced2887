/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Fields of system registers. For C and assembly. Source: DDI 0487, chapter D19; of the interrupt
 * controller's: Arm Generic Interrupt Controller Architecture Specification (IHI 0069), chapter 12.
 */

#ifndef ARCH_SYSREG_H
#define ARCH_SYSREG_H

/* Processor state: mode, and the masks of debug exceptions, SError, IRQ, FIQ. */
#define PSTATE_EL0 0x0
#define PSTATE_EL1T 0x4
#define PSTATE_EL1H 0x5
#define PSTATE_MODE 0x1f
#define PSTATE_AARCH32 0x10
#define PSTATE_IRQ 0x80
#define PSTATE_DAIF 0x3c0
#define PSTATE_CONDITION 0xf0000000

/* ESR: class of the exception, and of an abort the status. */
#define ESR_CLASS_SHIFT 26
#define ESR_ISS 0x01ffffff
#define ESR_IL (1 << 25)
#define ESR_WRITE (1 << 6)
#define ESR_IMMEDIATE 0xffff /* of HVC, SMC */
#define ESR_STATUS 0x3f
#define ESR_STATUS_EXTERNAL 0x10
#define ESR_STATUS_PERMISSION 0x0c /* and the level */
#define ESR_STATUS_ALIGNMENT 0x21
#define ESR_NOT_VALID (1 << 10) /* FAR holds no address */
#define CLASS_UNKNOWN 0x00
#define CLASS_WAIT 0x01
#define CLASS_FP 0x07
#define CLASS_AUTHENTICATION 0x09
#define CLASS_BULK 0x0a /* loads and stores of 64 bytes */
#define CLASS_STATE 0x0e
#define CLASS_SVC 0x15
#define CLASS_HVC 0x16
#define CLASS_SMC 0x17
#define CLASS_SYSREG 0x18
#define CLASS_SVE 0x19
#define CLASS_SME 0x1d
#define CLASS_FETCH 0x20
#define CLASS_FETCH_SAME 0x21
#define CLASS_PC 0x22
#define CLASS_DATA 0x24
#define CLASS_DATA_SAME 0x25
#define CLASS_SP 0x26
#define CLASS_FP_ERROR 0x2c
#define CLASS_SERROR 0x2f
#define CLASS_DEBUG_FIRST 0x30
#define CLASS_DEBUG_LAST 0x3c
#define CLASS_MASK 0x3f

/* HCR_EL2. */
#define HCR_VM (1 << 0)   /* stage 2 on */
#define HCR_SWIO (1 << 1) /* invalidation by set and way cleans, too */
#define HCR_FMO (1 << 3)  /* FIQ, IRQ, SError to the hypervisor */
#define HCR_IMO (1 << 4)
#define HCR_AMO (1 << 5)
#define HCR_VI (1 << 7)   /* a virtual IRQ is pending */
#define HCR_FB (1 << 9)   /* invalidations of a partition reach all processors */
#define HCR_BSU (1 << 10) /* and its barriers */
#define HCR_DC (1 << 12)  /* memory is cacheable although the partition's MMU is off */
#define HCR_TWI (1 << 13) /* WFI traps */
#define HCR_TID1 (1 << 16)
#define HCR_TSC (1 << 19)   /* SMC traps */
#define HCR_TIDCP (1 << 20) /* registers that only this processor has trap */
#define HCR_TACR (1 << 21)  /* auxiliary control traps */
#define HCR_TSW (1 << 22)   /* cache maintenance by set and way traps */
#define HCR_TVM (1 << 26)   /* writes to registers of the partition's MMU trap */
#define HCR_RW 0x80000000   /* EL1 has 64 bits */
/* Identification registers, limited ordering regions, error records trap. */
#define HCR_TID3 (1 << 18)
#define HCR_TLOR 0x800000000
#define HCR_TERR 0x1000000000
/* Not set: what pointer authentication (APK, API), memory tags (ATA), nested virtualization (NV) and software
 * context numbers (EnSCXT) have traps then, where the processor has it. */
/* An unmodified operating system: no use of the cache behind its back, its own MMU from the start. */
#define HCR_UNMODIFIED                                                                             \
    (HCR_RW | HCR_TACR | HCR_TIDCP | HCR_TSC | HCR_TID3 | HCR_BSU | HCR_FB | HCR_AMO | HCR_IMO |   \
     HCR_FMO | HCR_SWIO | HCR_VM | HCR_TLOR | HCR_TERR)
#define HCR_PARTITION                                                                              \
    (HCR_RW | HCR_TVM | HCR_TSW | HCR_TACR | HCR_TIDCP | HCR_TSC | HCR_TID1 | HCR_TID3 | HCR_TWI | \
     HCR_DC | HCR_BSU | HCR_FB | HCR_AMO | HCR_IMO | HCR_FMO | HCR_SWIO | HCR_VM | HCR_TLOR |      \
     HCR_TERR)

/* CPTR_EL2: bits that are one, where SVE and SME trap, too; trace and activity monitors trap; floating point. */
#define CPTR_PARTITION 0x401033ff
#define CPTR_FP (1 << 10)

/* MDCR_EL2: debug, performance monitors, statistical profiling and trace filters trap, profiling and trace buffers
 * are nobody's; debug exceptions come to the hypervisor. */
#define MDCR_TPMCR (1 << 5)
#define MDCR_TPM (1 << 6)
#define MDCR_TDE (1 << 8)
#define MDCR_TDA (1 << 9)
#define MDCR_TDOSA (1 << 10)
#define MDCR_TDRA (1 << 11)
#define MDCR_TPMS (1 << 14)
#define MDCR_TTRF (1 << 19)
#define MDCR_PARTITION                                                                             \
    (MDCR_TDRA | MDCR_TDOSA | MDCR_TDA | MDCR_TDE | MDCR_TPM | MDCR_TPMCR | MDCR_TPMS | MDCR_TTRF)
#define MDCR_COUNTERS 0x1f

/* CNTHCTL_EL2: the physical counter may be read, the physical timer traps. */
#define CNTHCTL_EL1PCTEN (1 << 0)

/* SCTLR: the bits that are one; MMU, stack alignment, caches, no writable code. */
#define SCTLR_EL2_ONES 0x30c50830
#define SCTLR_EL1_ONES 0x30d00800
#define SCTLR_M (1 << 0)
#define SCTLR_C (1 << 2)
#define SCTLR_SA (1 << 3)
#define SCTLR_SA0 (1 << 4)
#define SCTLR_I (1 << 12)
#define SCTLR_WXN (1 << 19)
#define SCTLR_OWN (SCTLR_EL2_ONES | SCTLR_WXN | SCTLR_I | SCTLR_C | SCTLR_M)
#define SCTLR_PARTITION (SCTLR_EL1_ONES | SCTLR_I | SCTLR_SA | SCTLR_SA0)

/* CPACR_EL1: floating point does not trap to the partition itself. */
#define CPACR_FP (3 << 20)

/* TCR_EL2, VTCR_EL2: 39 bits, 4 KiB granule, tables in write-back inner shareable memory; the size of
 * physical addresses is the processor's. */
#define TCR_T0SZ (64 - 39)
#define TCR_WALKS ((1 << 8) | (1 << 10) | (3 << 12))
#define TCR_PS_SHIFT 16
#define TCR_ONES 0x80800000
#define TCR_OWN (TCR_ONES | TCR_WALKS | TCR_T0SZ)
#define VTCR_LEVEL1 (1 << 6)
#define VTCR_ONES 0x80000000
#define VTCR_PARTITION (VTCR_ONES | TCR_WALKS | VTCR_LEVEL1 | TCR_T0SZ)
#define VTTBR_NUMBER_SHIFT 48

/* ID_AA64PFR0_EL1: the interrupt controller's registers are there. */
#define PFR0_GIC 0x0f000000

/* ICC_SRE_EL2: registers, no bypass; a partition's own access to that choice traps. */
#define ICC_SRE_OWN 0x7
/* ICH_HCR_EL2: a partition's accesses to the controller's registers trap. */
#define ICH_HCR_TC (1 << 10)
#define ICH_HCR_TALL0 (1 << 11)
#define ICH_HCR_TALL1 (1 << 12)
#define ICH_HCR_TRAP (ICH_HCR_TC | ICH_HCR_TALL0 | ICH_HCR_TALL1)
/* ICC_CTLR_EL1: an interrupt ends in two steps, priority drop and deactivation. */
#define ICC_CTLR_SPLIT (1 << 1)
#define ICC_NONE 1020 /* and above: no interrupt */

/* Registers that hold what newer versions let a partition do; of all that is not named here zero means that it
 * traps. HCRX_EL2; HFGRTR_EL2, HFGWTR_EL2, HFGITR_EL2, HDFGRTR_EL2, HDFGWTR_EL2. Where they are:
 * ID_AA64MMFR1_EL1.HCX, ID_AA64MMFR0_EL1.FGT. */
#define HCRX S3_4_C1_C2_2
#define HFGRTR S3_4_C1_C1_4
#define HFGWTR S3_4_C1_C1_5
#define HFGITR S3_4_C1_C1_6
#define HDFGRTR S3_4_C3_C1_4
#define HDFGWTR S3_4_C3_C1_5
#define MMFR1_HCX_SHIFT 40
#define MMFR0_FGT_SHIFT 56

/* PSCI. */
#define PSCI_SYSTEM_OFF 0x84000008
#define PSCI_CPU_OFF 0x84000002
#define PSCI_CPU_ON 0xc4000003

#ifndef __ASSEMBLER__

#include <septum/types.h>

#define SYSREG_READ(name)                                                                          \
    ({                                                                                             \
        uint64_t sysreg_value;                                                                     \
        __asm__ volatile("mrs %0, " #name : "=r"(sysreg_value));                                   \
        sysreg_value;                                                                              \
    })
#define SYSREG_WRITE(name, value)                                                                  \
    __asm__ volatile("msr " #name ", %0" : : "r"((uint64_t)(value)) : "memory")

#endif
#endif
