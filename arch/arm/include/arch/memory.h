/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The hypervisor's addresses, and the numbers of the two stages of translation. For C and assembly.
 *
 * Source: Arm Architecture Reference Manual for A-profile (DDI 0487), chapters D8 and D19.
 */

#ifndef ARCH_MEMORY_H
#define ARCH_MEMORY_H

#include <board/board.h>

/* The hypervisor's own translation maps each address to itself: 39 bits, three levels of 4 KiB tables.
 * Partitions' addresses (stage 2) have the same geometry. */
#define TABLE_BITS 39
#define TABLE_PAGE 4096
#define TABLE_BYTES 4096
#define TABLE_ENTRIES 512
#define TABLE_L1_SHIFT 30
#define TABLE_L2_SHIFT 21
#define TABLE_L3_SHIFT 12
#define TABLE_BITS_LEVEL 9

/* Descriptors. */
#define TABLE_VALID 1
#define TABLE_BLOCK 1 /* levels 1 and 2 */
#define TABLE_TABLE 3 /* levels 1 and 2: the next level */
#define TABLE_LEAF 3  /* level 3 */
#define TABLE_ADDRESS 0x0000fffffffff000
#define TABLE_INNER (3 << 8)
#define TABLE_ACCESSED (1 << 10)
#define TABLE_NEVER_EXECUTE 0x0040000000000000

/* Stage 1 of the hypervisor. */
#define OWN_NORMAL (0 << 2)
#define OWN_DEVICE (1 << 2)
#define OWN_MAIR 0x04ff /* normal, write-back; device, nGnRE */
#define OWN_READ_WRITE (1 << 6)
#define OWN_READ_ONLY (3 << 6)

/* Stage 2. */
#define SPACE_DEVICE (1 << 2)
#define SPACE_UNCACHED (5 << 2)
#define SPACE_CACHED (15 << 2)
#define SPACE_MEMORY (15 << 2)
#define SPACE_READ (1 << 6)
#define SPACE_WRITE (2 << 6)

/* Where partitions' vectors seem to lie: no partition can have memory there, so that every exception
 * that a partition takes itself comes to the hypervisor as a refused fetch. */
#define MEMORY_VECTORS 0x7fffffe000
#define MEMORY_GUEST_LAST 0x7fffdfffff

#endif
