// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the host tool must know of this architecture.

#ifndef ARCH_BUILD_INFO_H
#define ARCH_BUILD_INFO_H

#include <arch/memory.h>

#define HAL_BUILD_ARCH SEP_ARCH_SPARC
#define HAL_BUILD_BIG_ENDIAN 1
#define HAL_BUILD_PARTITIONS_MAX (CONFIG_SPACES_MAX - 1) /* context 0 is the hypervisor's */
#define HAL_BUILD_GRANULE SRMMU_PAGE
#define HAL_BUILD_LEVELS 3
#define HAL_BUILD_LEVEL0_SHIFT SRMMU_L1_SHIFT
#define HAL_BUILD_LEVEL0_BYTES SRMMU_L1_BYTES
#define HAL_BUILD_LEVEL0_LEAF 1
#define HAL_BUILD_LEVEL1_SHIFT SRMMU_L2_SHIFT
#define HAL_BUILD_LEVEL1_BYTES SRMMU_L2_BYTES
#define HAL_BUILD_LEVEL1_LEAF 1
#define HAL_BUILD_LEVEL2_SHIFT SRMMU_L3_SHIFT
#define HAL_BUILD_LEVEL2_BYTES SRMMU_L3_BYTES
#define HAL_BUILD_LEVEL2_LEAF 1
#define HAL_BUILD_LEVEL3_SHIFT 0
#define HAL_BUILD_LEVEL3_BYTES 0
#define HAL_BUILD_LEVEL3_LEAF 0
#define HAL_BUILD_GUEST_FIRST 1 /* page 0 catches null pointers */
#define HAL_BUILD_GUEST_LAST (MEMORY_START / SRMMU_PAGE - 1)
#define HAL_BUILD_LINE_FIRST 1
#define HAL_BUILD_LINE_LAST 14 /* 15 cannot be held off */
#define HAL_BUILD_LINE_OWN(line) ((line) == BOARD_LINE_TIMER)
#define HAL_BUILD_TIMER_HZ BOARD_CLOCK_HZ

#endif
