// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes a page and a half of words, and resets itself cold in between: they stay.

#include "mail.h"

int main(void)
{
    struct mail *mail = (struct mail *)area_start("mail");
    struct sep_partition_status status = {0};
    bool kept = true;

    (void)sep_partition_status(SEP_SELF, &status);
    if (status.reset_count == 0u) {
        CHECK_EQUAL("as large as described", area_end("mail") - area_start("mail"), sizeof(*mail));
        for (uint32_t i = 0; i < WORDS; i++) {
            mail->word[i] = mail_value(1, i);
        }
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_COLD, 0);
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        kept = kept && mail->word[i] == mail_value(1, i);
    }
    CHECK("a cold reset of the writer keeps it", kept);
    idle(30);
    for (uint32_t i = 0; i < WORDS; i++) {
        mail->word[i] = mail_value(2, i);
    }
    idle(30);
    (void)sep_partition_halt(2);
    return 0;
}
