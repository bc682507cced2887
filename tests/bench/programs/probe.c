// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads the clock with the first instructions of each of its slots. Prints the readings and ends the
// system.

#include "bench.h"
#include "mail.h"

#include <stdio.h>

#define SLOTS 1000u

static struct {
    sep_time_t time;
    sep_time_t frame;
    uint32_t slot;
} samples[SLOTS];

// What a calling neighbour says of itself.
static void print_mail(const char *name)
{
    const struct sep_info_area *area = sep_info_area(name);
    const struct mail *mail;

    if (area == NULL) {
        return;
    }
    mail = (const struct mail *)(uintptr_t)area->address;
    printf("starts %u\n", (unsigned)mail->starts);
    for (uint32_t i = 0; i < MAIL_CALLS; i++) {
        if (mail->calls[i].made != 0u) {
            printf("made %u %u %u %u\n", (unsigned)i, (unsigned)mail->calls[i].made,
                   (unsigned)mail->calls[i].done, (unsigned)mail->calls[i].ended);
        }
    }
}

int main(void)
{
    for (uint32_t i = 0; i < SLOTS; i++) {
        struct sep_plan_status plan;

        bench_wake(&samples[i].time);
        (void)sep_plan_status(&plan);
        samples[i].frame = plan.frame_start;
        samples[i].slot = plan.slot_id;
    }
    for (uint32_t i = 0; i < SLOTS; i++) {
        printf("slot %u %llu %llu\n", (unsigned)samples[i].slot,
               (unsigned long long)samples[i].frame, (unsigned long long)samples[i].time);
    }
    print_mail("mail0");
    print_mail("mail2");
    (void)sep_system_halt();
    return 1;
}
