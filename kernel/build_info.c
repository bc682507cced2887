// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What this binary tells the host tool: sizes and limits, in a section that is not loaded. Services and
// pools add what is theirs.

#include <hal/build_info.h>
#include <kernel/console.h>
#include <kernel/partition.h>
#include <kernel/sched.h>
#include <septum/arena.h>
#include <septum/build_info.h>

#define ROUND(type)                                                                                \
    (uint32_t)((sizeof(type) + SEP_ARENA_ALIGN - 1u) / SEP_ARENA_ALIGN * SEP_ARENA_ALIGN)

#define FACT(text, number) {.key = text, .value = (number)}

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    FACT("abi_revision", SEP_ABI_REVISION),
    FACT("arch", HAL_BUILD_ARCH),
    FACT("big_endian", HAL_BUILD_BIG_ENDIAN),
    FACT("word_bytes", sizeof(sep_word_t)),
    FACT("cpus_max", CONFIG_CPUS_MAX),
    FACT("partitions_max", HAL_BUILD_PARTITIONS_MAX),
    FACT("sizeof_partition", ROUND(struct partition)),
    FACT("sizeof_vcpu", ROUND(struct vcpu)),
    FACT("sizeof_console", ROUND(struct console)),
    FACT("unmodified", IS_ENABLED(CONFIG_UNMODIFIED)),
    FACT("granule", HAL_BUILD_GRANULE),
    FACT("levels", HAL_BUILD_LEVELS),
    FACT("level0_shift", HAL_BUILD_LEVEL0_SHIFT),
    FACT("level0_bytes", HAL_BUILD_LEVEL0_BYTES),
    FACT("level0_leaf", HAL_BUILD_LEVEL0_LEAF),
    FACT("level1_shift", HAL_BUILD_LEVEL1_SHIFT),
    FACT("level1_bytes", HAL_BUILD_LEVEL1_BYTES),
    FACT("level1_leaf", HAL_BUILD_LEVEL1_LEAF),
    FACT("level2_shift", HAL_BUILD_LEVEL2_SHIFT),
    FACT("level2_bytes", HAL_BUILD_LEVEL2_BYTES),
    FACT("level2_leaf", HAL_BUILD_LEVEL2_LEAF),
    FACT("level3_shift", HAL_BUILD_LEVEL3_SHIFT),
    FACT("level3_bytes", HAL_BUILD_LEVEL3_BYTES),
    FACT("level3_leaf", HAL_BUILD_LEVEL3_LEAF),
    FACT("guest_first", HAL_BUILD_GUEST_FIRST),
    FACT("guest_last", HAL_BUILD_GUEST_LAST),
    FACT("timer_hz", HAL_BUILD_TIMER_HZ),
    FACT("guard_ns", (uint32_t)SCHED_GUARD_NS),
};
