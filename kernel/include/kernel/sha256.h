// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SHA-256 (FIPS 180-4), in steps of any size.

#ifndef KERNEL_SHA256_H
#define KERNEL_SHA256_H

#include <stdbool.h>
#include <stdint.h>

#define SHA256_BYTES 32u
#define SHA256_BLOCK 64u

enum sha256_padding { SHA256_PADDING_NONE, SHA256_PADDING_BEGUN, SHA256_PADDING_DONE };

struct sha256 {
    uint32_t state[8];
    uint32_t length;                   ///< bytes taken so far, padding included
    uint32_t size;                     ///< bytes without padding
    uint32_t block[SHA256_BLOCK / 4u]; ///< the last of them, big-endian words; then the schedule
    uint32_t work[8];                  ///< state within a block
    uint32_t round;                    ///< next one of the block under work; 64: none is
    uint32_t padding;                  ///< enum sha256_padding
};

/// Of less than 4 GiB.
void sha256_init(struct sha256 *hash);

/// Takes bytes. Of each full block the work is left to sha256_work(), or done when the next byte comes.
void sha256_update(struct sha256 *hash, const void *data, uint32_t size);

/// Does a quarter of the work on a full block. False if there was nothing to do.
bool sha256_work(struct sha256 *hash);

/// Pads and works, a piece at each call, until it answers true.
bool sha256_finish(struct sha256 *hash);

/// The hash, after sha256_finish() has answered true.
void sha256_digest(const struct sha256 *hash, uint8_t digest[SHA256_BYTES]);

/// All that is missing, at once.
void sha256_final(struct sha256 *hash, uint8_t digest[SHA256_BYTES]);

#endif
