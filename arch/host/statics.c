// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The hypervisor's static memory: include/arch/statics_section.h gathers it in two sections of the
// test program, so that a test can start the hypervisor more than once.

#include "statics.h"

#include <stdbool.h>
#include <stdlib.h>

#define DATA_MAX 4096u
#define BSS_MAX 16384u

extern uint8_t data_start[] __asm__("__start_hypervisor_data") __attribute__((weak));
extern uint8_t data_stop[] __asm__("__stop_hypervisor_data") __attribute__((weak));
extern uint8_t bss_start[] __asm__("__start_hypervisor_bss") __attribute__((weak));
extern uint8_t bss_stop[] __asm__("__stop_hypervisor_bss") __attribute__((weak));

static uint8_t saved[DATA_MAX];
static bool is_saved;

// The sanitizer keeps its red zones between variables inside the sections: they are copied along,
// byte by byte, by code that it does not look at (volatile, or the loop would become a call).
__attribute__((no_sanitize("address"))) static void copy(volatile uint8_t *to,
                                                         const volatile uint8_t *from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        to[i] = from[i];
    }
}

__attribute__((no_sanitize("address"))) static void clear(volatile uint8_t *to, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        to[i] = 0;
    }
}

void host_statics_restore(void)
{
    size_t size = (size_t)(data_stop - data_start);

    if (size > DATA_MAX) {
        abort();
    }
    if (!is_saved) {
        copy(saved, data_start, size);
        is_saved = true;
    }
    copy(data_start, saved, size);
    clear(bss_start, (size_t)(bss_stop - bss_start));
}

static uint8_t kept_data[DATA_MAX];
static uint8_t kept_bss[BSS_MAX];

void host_statics_keep(void)
{
    if ((size_t)(bss_stop - bss_start) > BSS_MAX) {
        abort();
    }
    copy(kept_data, data_start, (size_t)(data_stop - data_start));
    copy(kept_bss, bss_start, (size_t)(bss_stop - bss_start));
}

void host_statics_bring_back(void)
{
    copy(data_start, kept_data, (size_t)(data_stop - data_start));
    copy(bss_start, kept_bss, (size_t)(bss_stop - bss_start));
}
