/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The hypervisor's addresses and the SRMMU's numbers. For C and assembly.
 *
 * Sources: The SPARC Architecture Manual Version 8, appendix H; GRLIB IP Core User's Manual, LEON3.
 */

#ifndef ARCH_MEMORY_H
#define ARCH_MEMORY_H

#include <board/board.h>

/* Two regions of 16 MiB belong to the hypervisor in every space: its memory and the registers. What
 * it maps of RAM appears at a constant distance from its physical address. */
#define MEMORY_START 0xf0000000
#define MEMORY_IO 0xf1000000
#define MEMORY_OFFSET (MEMORY_START - BOARD_RAM_START)
#define MEMORY_SIZE 0x01000000

#define SRMMU_L1_SHIFT 24
#define SRMMU_L1_BYTES 1024
#define SRMMU_L2_SHIFT 18
#define SRMMU_L2_BYTES 256
#define SRMMU_L3_SHIFT 12
#define SRMMU_L3_BYTES 256
#define SRMMU_PAGE 4096

/* Table descriptor: address >> 4 | SRMMU_PTD. Entry: address >> 4 | attributes. Referenced and
 * modified are preset, so that walks never write to the tables. */
#define SRMMU_PTD 1
#define SRMMU_PTE 2
#define SRMMU_REFERENCED 0x20
#define SRMMU_MODIFIED 0x40
#define SRMMU_CACHEABLE 0x80
#define SRMMU_ACC(rights) ((rights) << 2)

/* Rights: user / supervisor. */
#define SRMMU_R_R 0
#define SRMMU_RW_RW 1
#define SRMMU_RX_RX 2
#define SRMMU_RWX_RWX 3
#define SRMMU_X_X 4
#define SRMMU_NONE_RX 6
#define SRMMU_NONE_RWX 7

#define SRMMU_ENTRY (SRMMU_PTE | SRMMU_REFERENCED | SRMMU_MODIFIED)
#define SRMMU_TEXT (SRMMU_ENTRY | SRMMU_CACHEABLE | SRMMU_ACC(SRMMU_NONE_RX))
#define SRMMU_DATA (SRMMU_ENTRY | SRMMU_CACHEABLE | SRMMU_ACC(SRMMU_NONE_RWX))
#define SRMMU_IO (SRMMU_ENTRY | SRMMU_ACC(SRMMU_NONE_RWX))

/* Registers, through ASI_MMU; control is at 0. */
#define SRMMU_CONTEXT_TABLE 0x100
#define SRMMU_CONTEXT 0x200
#define SRMMU_FAULT_STATUS 0x300
#define SRMMU_FAULT_ADDRESS 0x400
#define SRMMU_ENABLE 1
/* Through ASI_FLUSH: all translations. */
#define SRMMU_FLUSH_ALL 0x400

/* Cache control register of the LEON3, at ASI_CACHE offset 0. */
#define CACHE_FLUSH 0x00600000
#define CACHE_ON (0x0081000f | CACHE_FLUSH) /* both caches, snooping, instruction bursts */

#define ASI_CACHE 0x02
#define ASI_USER 0x0a
#define ASI_FLUSH 0x18
#define ASI_MMU 0x19
#define ASI_BYPASS 0x1c

#endif
