// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Resets itself, cold, as soon as it runs, with an image of 4 MiB: it is cleared, hashed and copied
// again and again. Every other time it does so by its mode.

#include "attack.h"

#ifndef BALLAST
#define BALLAST (1024u * 1024u) // words
#endif

static const uint32_t ballast[BALLAST] = {[0] = 1, [BALLAST - 1u] = 2};

int main(void)
{
    struct sep_partition_status status;

    (void)sep_partition_status(SEP_SELF, &status);
    if (*(const volatile uint32_t *)&ballast[BALLAST - 1u] != 2u) {
        printf("my image is incomplete\n");
    }
    for (;;) {
        (void)sep_partition_set_mode(SEP_MODE_COLD);
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_COLD, status.reset_count);
    }
}
