// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// From the first C function to main(), and the end of the partition.

#include "start.h"

#include <assert.h>
#include <rt/vcpu.h>
#include <stdio.h>
#include <stdlib.h>

int main(void);

static struct {
    void (*function)(uintptr_t argument);
    uintptr_t argument;
} vcpu_work[RT_VCPU_MAX];

_Noreturn void rt_start(const struct sep_info *info)
{
    sep_info_init(info);
    (void)sep_trap_table_set((sep_word_t)rt_trap_table);
    exit(main());
}

_Noreturn void rt_start_vcpu(uint32_t vcpu)
{
    (void)sep_trap_table_set((sep_word_t)rt_trap_table);
    vcpu_work[vcpu].function(vcpu_work[vcpu].argument);
    for (;;) {
        (void)sep_vcpu_halt(vcpu);
    }
}

sep_status_t rt_vcpu_start(uint32_t vcpu, void (*function)(uintptr_t argument), uintptr_t argument)
{
    if (vcpu == 0u || vcpu >= RT_VCPU_MAX) {
        return SEP_INVALID_PARAM;
    }
    vcpu_work[vcpu].function = function;
    vcpu_work[vcpu].argument = argument;
    return sep_vcpu_start(vcpu, (sep_word_t)_start, 0);
}

_Noreturn void exit(int code)
{
    (void)code;
    for (;;) {
        (void)sep_partition_halt(SEP_SELF);
    }
}

_Noreturn void abort(void)
{
    (void)sep_console_puts("abort\n");
    exit(1);
}

_Noreturn void rt_assert_failed(const char *condition, const char *file, int line)
{
    printf("%s:%d: assertion failed: %s\n", file, line, condition);
    exit(1);
}
