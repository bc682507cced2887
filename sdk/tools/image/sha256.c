// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SHA-256 through libcrypto.

#include "image/sha256.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>

void sha256_two(const void *a, size_t a_size, const void *b, size_t b_size,
                uint8_t hash[SHA256_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1 ||
        EVP_DigestUpdate(context, a, a_size) != 1 || EVP_DigestUpdate(context, b, b_size) != 1 ||
        EVP_DigestFinal_ex(context, hash, NULL) != 1) {
        (void)fprintf(stderr, "septum: internal error: SHA-256 is not available\n");
        exit(3);
    }
    EVP_MD_CTX_free(context);
}

void sha256_hex(const uint8_t hash[SHA256_BYTES], char text[SHA256_HEX])
{
    for (unsigned i = 0; i < SHA256_BYTES; i++) {
        (void)snprintf(text + (size_t)2 * i, 3, "%02x", hash[i]);
    }
}
