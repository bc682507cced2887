// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has text sent all the time.

#include <check.h>

int main(void)
{
    for (unsigned i = 0; i < 60u; i++) {
        printf("noise, of which there is more than fits into one burst of text\n");
        idle(1);
    }
    return 0;
}
