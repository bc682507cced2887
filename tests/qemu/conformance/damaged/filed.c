// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its customisation file is damaged: it never runs.

#include <check.h>

int main(void)
{
    printf("FAIL it runs\n");
    return 0;
}
