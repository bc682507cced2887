// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads memory that the description gives to another partition: 1 MiB below its own.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    uintptr_t own = (uintptr_t)sep_info_area("ram")->address;
    const volatile uint32_t *secret = (const volatile uint32_t *)(own - 0x100000u);

    (void)sep_idle_self();
    printf("now reading what is not mine\n");
    printf("THE SECRET IS 0x%08x\n", (unsigned)*secret);
    return 0;
}
