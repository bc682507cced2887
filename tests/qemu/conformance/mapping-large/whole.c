// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Marks words all over its memory, and has the hypervisor write and read there.

#include "marks.h"

int main(void)
{
    uintptr_t huge = area_start("huge");
    sep_time_t *time = (sep_time_t *)(huge + HUGE / 2u - 8u);

    for (uint32_t i = 0; i < MARKS; i++) {
        *(volatile uint64_t *)(huge + mark_offset(i)) = mark_value(i);
    }
    CHECK_STATUS("time written", sep_get_time(SEP_CLOCK_HW, time), SEP_OK);
    CHECK_STATUS("nothing behind it", sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(huge + HUGE)),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("nothing before it", sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(huge - 8u)),
                 SEP_INVALID_ADDRESS);
    *(volatile uint64_t *)(huge + DONE) = 1;
    return 0;
}
