// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a partition that ends itself shares with `keeper`, which starts it again: an area that no reset
// clears, "mail" for the one and "mail0", "mail1" … by the partition's number for the other.

#ifndef BENCH_MAIL_H
#define BENCH_MAIL_H

#include <stdint.h>

#define MAIL_KEPT 3u   ///< partitions that may be kept: the first ones
#define MAIL_CALLS 96u ///< hypercalls by number, the last one for all above

struct mail {
    uint32_t progress;  ///< while it changes, nobody needs to help
    uint32_t finished;  ///< the system is to end
    uint32_t state;     ///< of the pseudo-random numbers
    uint32_t starts;    ///< of the partition
    uint32_t under_way; ///< number of the call under way, and 1
    uint32_t reserved;
    struct {
        uint32_t made;  ///< how often
        uint32_t done;  ///< answered SEP_OK
        uint32_t ended; ///< did not come back: the partition started anew
    } calls[MAIL_CALLS];
};

#endif
