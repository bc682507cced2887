// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its image is damaged: it never runs.

#include <check.h>

int main(void)
{
    printf("FAIL it runs: %s\n", "constant of the image");
    return 0;
}
