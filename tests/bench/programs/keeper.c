// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Lets partitions go on that have ended themselves, and ends the system when one of them says so.

#include "mail.h"

#include <septum/septum.h>

#define WAIT 3u ///< own slots in which nothing happened

static const char *const names[MAIL_KEPT] = {"mail0", "mail1", "mail2"};
static struct {
    uint32_t progress;
    uint32_t still; ///< slots without progress
} kept[MAIL_KEPT];

// First it is resumed or begun again; when that did not help, for it may have spoilt its memory, it is
// loaded again.
static void go_on(uint32_t partition, uint32_t still)
{
    struct sep_partition_status status;

    (void)sep_partition_status(partition, &status);
    if (status.state == SEP_STATE_LOADING) {
        return;
    }
    if (still >= 3u * WAIT) {
        (void)sep_partition_reset(partition, SEP_MODE_COLD, 0);
        kept[partition].still = 0;
    } else if (status.state == SEP_STATE_SUSPENDED) {
        (void)sep_partition_resume(partition);
    } else {
        (void)sep_partition_reset(partition, SEP_MODE_WARM, 0);
    }
}

// True if the system is to end.
static bool look_at(uint32_t partition)
{
    const struct sep_info_area *area = sep_info_area(names[partition]);
    const volatile struct mail *mail;

    if (area == NULL) {
        return false;
    }
    mail = (const volatile struct mail *)(uintptr_t)area->address;
    if (mail->progress != kept[partition].progress) {
        kept[partition].progress = mail->progress;
        kept[partition].still = 0;
    } else if (++kept[partition].still % WAIT == 0u) {
        go_on(partition, kept[partition].still);
    }
    return mail->finished != 0u;
}

int main(void)
{
    bool finished = false;

    while (!finished) {
        (void)sep_idle_self();
        for (uint32_t i = 0; i < MAIL_KEPT; i++) {
            finished = look_at(i) || finished;
        }
    }
    // What was printed goes out.
    for (uint32_t i = 0; i < WAIT; i++) {
        (void)sep_idle_self();
    }
    (void)sep_system_halt();
    return 1;
}
