// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SHA-256 (FIPS 180-4), in steps of any size.

#ifndef KERNEL_SHA256_H
#define KERNEL_SHA256_H

#include <stdint.h>

#define SHA256_BYTES 32u
#define SHA256_BLOCK 64u

struct sha256 {
    uint32_t state[8];
    uint32_t length;                   ///< bytes taken so far
    uint32_t block[SHA256_BLOCK / 4u]; ///< the last of them, big-endian words
};

/// Of less than 4 GiB.
void sha256_init(struct sha256 *hash);
void sha256_update(struct sha256 *hash, const void *data, uint32_t size);
void sha256_final(struct sha256 *hash, uint8_t digest[SHA256_BYTES]);

#endif
