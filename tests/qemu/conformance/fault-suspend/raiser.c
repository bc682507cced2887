// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Causes the fault that it has its name from, which suspends it.

#include <raise.h>

int main(void)
{
    wait_for_frame(60);
    raise_now();
    printf("FAIL went on\n");
    return 0;
}
