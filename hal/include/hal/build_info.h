// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What each binary says about itself beside the portable sizes: defined by the architecture.

#ifndef HAL_BUILD_INFO_H
#define HAL_BUILD_INFO_H

// The architecture's arch/build_info.h defines, as compile-time constants for the table of
// kernel/build_info.c:
//     HAL_BUILD_ARCH            enum sep_arch
//     HAL_BUILD_BIG_ENDIAN      0 or 1
//     HAL_BUILD_PARTITIONS_MAX  spaces of the hardware, at most
//     HAL_BUILD_GRANULE         bytes
//     HAL_BUILD_LEVELS          and HAL_BUILD_LEVELn_SHIFT, _BYTES, _LEAF for n = 0 … 3 (0 if absent)
//     HAL_BUILD_GUEST_FIRST     lowest granule number that a partition may use
//     HAL_BUILD_GUEST_LAST      highest
//     HAL_BUILD_LINE_FIRST      lowest interrupt line that a partition may own
//     HAL_BUILD_LINE_LAST       highest
//     HAL_BUILD_LINE_OWN(line)  whether a line between them is the hypervisor's own
//     HAL_BUILD_OWN_START       physical range of devices that only the hypervisor uses
//     HAL_BUILD_OWN_SIZE        (timer, interrupt controller), at least 1 byte
//     HAL_BUILD_LENT_START      registers in that range that partitions may have, one at a time: what is in
//     HAL_BUILD_LENT_SIZE       them belongs to the context; size 0: none
//     HAL_BUILD_TIMER_HZ        0: known at boot only
#include <arch/build_info.h>

#endif
