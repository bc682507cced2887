// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What this binary tells the host tool: sizes and limits, in a section that is not loaded.

#include <hal/build_info.h>
#include <kernel/console.h>
#include <kernel/partition.h>
#include <septum/arena.h>
#include <septum/build_info.h>

#define ROUND(type)                                                                                \
    (uint32_t)((sizeof(type) + SEP_ARENA_ALIGN - 1u) / SEP_ARENA_ALIGN * SEP_ARENA_ALIGN)

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {"abi_revision", SEP_ABI_REVISION},
    {"arch", HAL_BUILD_ARCH},
    {"big_endian", HAL_BUILD_BIG_ENDIAN},
    {"word_bytes", sizeof(sep_word_t)},
    {"cpus_max", CONFIG_CPUS_MAX},
    {"partitions_max", HAL_BUILD_PARTITIONS_MAX},
    {"sizeof_partition", ROUND(struct partition)},
    {"sizeof_vcpu", ROUND(struct vcpu)},
    {"sizeof_console", ROUND(struct console)},
    {"granule", HAL_BUILD_GRANULE},
    {"levels", HAL_BUILD_LEVELS},
    {"level0_shift", HAL_BUILD_LEVEL0_SHIFT},
    {"level0_bytes", HAL_BUILD_LEVEL0_BYTES},
    {"level0_leaf", HAL_BUILD_LEVEL0_LEAF},
    {"level1_shift", HAL_BUILD_LEVEL1_SHIFT},
    {"level1_bytes", HAL_BUILD_LEVEL1_BYTES},
    {"level1_leaf", HAL_BUILD_LEVEL1_LEAF},
    {"level2_shift", HAL_BUILD_LEVEL2_SHIFT},
    {"level2_bytes", HAL_BUILD_LEVEL2_BYTES},
    {"level2_leaf", HAL_BUILD_LEVEL2_LEAF},
    {"level3_shift", HAL_BUILD_LEVEL3_SHIFT},
    {"level3_bytes", HAL_BUILD_LEVEL3_BYTES},
    {"level3_leaf", HAL_BUILD_LEVEL3_LEAF},
    {"guest_first", HAL_BUILD_GUEST_FIRST},
    {"guest_last", HAL_BUILD_GUEST_LAST},
    {"timer_hz", HAL_BUILD_TIMER_HZ},
    {"", 0},
};
