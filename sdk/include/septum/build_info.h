// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a hypervisor binary tells the host tool about itself: an array of key and value that fills the
// ELF section SEP_BUILD_INFO_SECTION, in the target's byte order, not loaded. Several files add to it,
// so the order means nothing. The tool computes with these values instead of formulas of its own.

#ifndef SEPTUM_BUILD_INFO_H
#define SEPTUM_BUILD_INFO_H

#include <septum/types.h>

#define SEP_BUILD_INFO_SECTION ".septum_info"

struct sep_build_info {
    char key[28]; ///< zero-terminated
    uint32_t value;
};

/// Keys that every hypervisor binary has: X(key, meaning).
#define SEP_BUILD_INFO_LIST(X)                                                                     \
    X(abi_revision, "SEP_ABI_REVISION")                                                            \
    X(arch, "enum sep_arch")                                                                       \
    X(big_endian, "1: the target stores the high byte first")                                      \
    X(word_bytes, "of a machine word")                                                             \
    X(cpus_max, "processors this binary can run")                                                  \
    X(partitions_max, "partitions this binary can run")                                            \
    X(sizeof_partition, "run-time struct of a partition")                                          \
    X(sizeof_vcpu, "run-time struct of a vCPU")                                                    \
    X(sizeof_pool, "run-time struct of a pool, without its real-time vCPUs; 0: they are left out") \
    X(sizeof_pool_task, "run-time struct of a real-time vCPU in a pool")                           \
    X(sizeof_console, "run-time struct of a console ring, without its bytes")                      \
    X(sizeof_channel, "run-time struct of a channel, without its buffers; 0: ports are left out")  \
    X(sizeof_trace, "head of a trace's stream, without its records; 0: traces are left out")       \
    X(sizeof_hm_record, "record of the health monitor's log; 0: it is left out")                   \
    X(unmodified, "1: partitions may be unmodified operating systems")                             \
    X(granule, "smallest unit of memory protection, bytes")                                        \
    X(levels, "levels of page tables per partition; 0: none")                                      \
    X(level0_shift, "address bits below an entry of the top table")                                \
    X(level0_bytes, "size and alignment of the top table")                                         \
    X(level0_leaf, "1: its entries may map memory directly")                                       \
    X(level1_shift, "")                                                                            \
    X(level1_bytes, "")                                                                            \
    X(level1_leaf, "")                                                                             \
    X(level2_shift, "")                                                                            \
    X(level2_bytes, "")                                                                            \
    X(level2_leaf, "")                                                                             \
    X(level3_shift, "")                                                                            \
    X(level3_bytes, "")                                                                            \
    X(level3_leaf, "")                                                                             \
    X(guest_first, "lowest virtual address a partition may use, in granules")                      \
    X(guest_last, "highest granule a partition may use")                                           \
    X(timer_hz, "of the clock, 0: known at boot only")                                             \
    X(guard_ns, "a slot or gap that is no longer sees no background work: nothing is loaded in "   \
                "it")

#endif
