// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Values of its own in all floating-point registers, over the slots of others and two resets.

#include <check.h>
#include <isa_fp.h>

static unsigned lives;

int main(void)
{
    struct sep_partition_status status = {0};
    uint32_t seed = 0x3f000000u + (sep_info()->partition << 16);
    unsigned wrong = 0;

    (void)sep_partition_status(SEP_SELF, &status);
    lives++;
    printf("life %u\n", (unsigned)status.reset_count);
    CHECK_EQUAL("zero at the start", isa_fp_differ_from_zero(), 0);
    for (uint32_t n = 0; n < 30u; n++) {
        isa_fp_set(seed + n * 64u);
        for (volatile unsigned spin = 0; spin < 3000u + n; spin++) {
        }
        wrong += isa_fp_differ(seed + n * 64u);
        idle(n % 3u);
        wrong += isa_fp_differ(seed + n * 64u);
    }
    CHECK_EQUAL("kept", wrong, 0);
    if (status.reset_count < 2u) {
        (void)sep_partition_reset(SEP_SELF,
                                  status.reset_count == 0u ? SEP_MODE_WARM : SEP_MODE_COLD, 0);
    }
    return 0;
}
