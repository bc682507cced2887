// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SHA-256 (FIPS 180-4), small rather than fast: it checks the configuration at boot and images in
// their own partitions' slots.

#include <kernel/sha256.h>

static const uint32_t round_constant[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u,
    0xab1c5ed5u, 0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu,
    0x9bdc06a7u, 0xc19bf174u, 0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu,
    0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau, 0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u,
    0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u, 0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu,
    0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u, 0xa2bfe8a1u, 0xa81a664bu,
    0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u, 0x19a4c116u,
    0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u,
    0xc67178f2u,
};

static inline uint32_t rotate(uint32_t value, uint32_t bits)
{
    return (value >> bits) | (value << (32u - bits));
}

/// Rounds of one piece of work: a quarter of a block.
#define ROUNDS 16u
#define ROUNDS_ALL 64u

// One round. The schedule grows in place: word n + 16 takes the place of word n.
static void do_round(struct sha256 *hash, uint32_t i)
{
    uint32_t *s = hash->work; // a … h of the standard
    uint32_t *w = &hash->block[i % 16u];

    if (i >= 16u) {
        uint32_t x = hash->block[(i + 1u) % 16u];
        uint32_t y = hash->block[(i + 14u) % 16u];

        *w += hash->block[(i + 9u) % 16u] + (rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3)) +
              (rotate(y, 17) ^ rotate(y, 19) ^ (y >> 10));
    }
    uint32_t t1 = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) +
                  ((s[4] & s[5]) ^ (~s[4] & s[6])) + round_constant[i] + *w;
    uint32_t t2 = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) +
                  ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

    s[7] = s[6];
    s[6] = s[5];
    s[5] = s[4];
    s[4] = s[3] + t1;
    s[3] = s[2];
    s[2] = s[1];
    s[1] = s[0];
    s[0] = t1 + t2;
}

bool sha256_work(struct sha256 *hash)
{
    uint32_t end = hash->round + ROUNDS;

    if (hash->round == ROUNDS_ALL) {
        return false;
    }
    while (hash->round < end) {
        do_round(hash, hash->round++);
    }
    if (end == ROUNDS_ALL) {
        for (uint32_t i = 0; i < 8u; i++) {
            hash->state[i] += hash->work[i];
        }
    }
    return true;
}

// The block is full: its work begins.
static void begin_block(struct sha256 *hash)
{
    __builtin_memcpy(hash->work, hash->state, sizeof(hash->work));
    hash->round = 0;
}

void sha256_init(struct sha256 *hash)
{
    static const uint32_t start[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                                      0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};

    __builtin_memcpy(hash->state, start, sizeof(start));
    hash->length = 0;
    hash->round = ROUNDS_ALL;
    hash->padding = SHA256_PADDING_NONE;
}

void sha256_update(struct sha256 *hash, const void *data, uint32_t size)
{
    const uint8_t *bytes = data;

    for (uint32_t i = 0; i < size; i++) {
        uint32_t *word = &hash->block[hash->length % SHA256_BLOCK / 4u];

        while (sha256_work(hash)) {
        }
        *word = *word << 8 | bytes[i];
        hash->length++;
        if (hash->length % SHA256_BLOCK == 0u) {
            begin_block(hash);
        }
    }
}

// Pads up to the place of the length, or to the end of the block before it.
static void pad(struct sha256 *hash)
{
    static const uint8_t padding[2] = {0x80, 0};

    if (hash->padding == SHA256_PADDING_NONE) {
        hash->size = hash->length;
        hash->padding = SHA256_PADDING_BEGUN;
        sha256_update(hash, &padding[0], 1);
    }
    while (hash->round == ROUNDS_ALL && hash->length % SHA256_BLOCK != SHA256_BLOCK - 8u) {
        sha256_update(hash, &padding[1], 1);
    }
    if (hash->round == ROUNDS_ALL) {
        hash->block[14] = hash->size >> 29; // in bits
        hash->block[15] = hash->size << 3;
        hash->padding = SHA256_PADDING_DONE;
        begin_block(hash);
    }
}

bool sha256_finish(struct sha256 *hash)
{
    if (sha256_work(hash)) {
        return false;
    }
    if (hash->padding == SHA256_PADDING_DONE) {
        return true;
    }
    pad(hash);
    return false;
}

void sha256_digest(const struct sha256 *hash, uint8_t digest[SHA256_BYTES])
{
    for (uint32_t i = 0; i < SHA256_BYTES; i++) {
        digest[i] = (uint8_t)(hash->state[i / 4u] >> (24u - 8u * (i % 4u)));
    }
}

void sha256_final(struct sha256 *hash, uint8_t digest[SHA256_BYTES])
{
    while (!sha256_finish(hash)) {
    }
    sha256_digest(hash, digest);
}
