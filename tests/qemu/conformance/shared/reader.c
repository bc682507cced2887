// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sees the same memory elsewhere and cannot write there, nor have the hypervisor write there.

#include "mail.h"

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static bool is(const struct mail *mail, uint32_t life)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        if (mail->word[i] != mail_value(life, i)) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    struct mail *mail = (struct mail *)area_start("mail");
    struct sep_partition_status status = {0};

    rt_trap_handler(on_fault);
    (void)sep_partition_status(SEP_SELF, &status);
    while (!is(mail, 1u + status.reset_count)) {
        idle(1);
    }
    if (status.reset_count == 0u) {
        CHECK("what the writer wrote", true);
        mail->word[0] = 0;
        CHECK_EQUAL("no writing here", faults, 1);
        mail->word[WORDS - 1u] = 0;
        CHECK_EQUAL("not to the last word", faults, 2);
        CHECK_STATUS("nor by a hypercall",
                     sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(uintptr_t)mail),
                     SEP_INVALID_ADDRESS);
        CHECK("unchanged", is(mail, 1));
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_COLD, 0);
    }
    CHECK("a cold reset of the reader keeps it", true);
    return 0;
}
