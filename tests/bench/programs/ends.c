// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes the hypercalls behind which the caller does not go on, or not at once: one after the other,
// each behind the end that the one before it made. `keeper` starts it again.

#include "bench.h"
#include "mail.h"

#include <stdio.h>

static const struct {
    const char *name;
    struct bench_words words;
} calls[] = {
    {"idle_self_wait", {SEP_HC_idle_self, {0}}},
    {"partition_halt_self", {SEP_HC_partition_halt, {SEP_SELF}}},
    {"partition_suspend_self", {SEP_HC_partition_suspend, {SEP_SELF}}},
    {"partition_reset_self_warm", {SEP_HC_partition_reset, {SEP_SELF, SEP_MODE_WARM}}},
    {"partition_reset_self_cold", {SEP_HC_partition_reset, {SEP_SELF, SEP_MODE_COLD}}},
    {"set_mode_warm", {SEP_HC_partition_set_mode, {SEP_MODE_WARM}}},
    {"set_mode_cold", {SEP_HC_partition_set_mode, {SEP_MODE_COLD}}},
    {"set_mode_idle", {SEP_HC_partition_set_mode, {SEP_MODE_IDLE}}},
    {"vcpu_halt_self", {SEP_HC_vcpu_halt, {0}}},
    {"vcpu_suspend_self", {SEP_HC_vcpu_suspend, {0}}},
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

int main(void)
{
    struct mail *mail = (struct mail *)(uintptr_t)sep_info_area("mail")->address;

    while (mail->progress < CALLS) {
        const struct bench_words *words = &calls[mail->progress].words;

        // Begun at the start of a slot, so that the slot's end is not what ends it.
        (void)sep_idle_self();
        mail->progress++;
        (void)bench_call(words);
    }
    for (uint32_t i = 0; i < CALLS; i++) {
        printf("end %s %u\n", calls[i].name, (unsigned)calls[i].words.number);
    }
    mail->finished = 1;
    for (;;) {
        (void)sep_idle_self();
    }
}
