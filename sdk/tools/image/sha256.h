// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Hashes as the tool compares and prints them.

#ifndef SEPTUM_TOOL_SHA256_H
#define SEPTUM_TOOL_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32u
#define SHA256_HEX (2u * SHA256_BYTES + 1u)

/// Hash of two pieces of memory, one behind the other; the second may be empty.
void sha256_two(const void *a, size_t a_size, const void *b, size_t b_size,
                uint8_t hash[SHA256_BYTES]);

/// Writes the hash in hexadecimal, with the terminating zero.
void sha256_hex(const uint8_t hash[SHA256_BYTES], char text[SHA256_HEX]);

#endif
