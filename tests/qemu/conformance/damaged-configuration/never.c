// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The configuration is damaged: nothing runs.

#include <check.h>

int main(void)
{
    printf("FAIL it runs\n");
    return 0;
}
