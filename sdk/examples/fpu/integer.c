// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no floating point in its description, and uses it all the same.

#include <septum/septum.h>
#include <stdio.h>

static volatile double value = 1.0;

int main(void)
{
    printf("now using floating point\n");
    value *= 2.0;
    printf("AND IT WORKED: %d\n", (int)value);
    return 0;
}
