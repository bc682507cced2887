// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Says hello with what it knows of itself.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    const struct sep_info *info = sep_info();

    printf("hello from partition %u, \"%s\", one of %u\n", (unsigned)info->partition, info->name,
           (unsigned)info->partition_count);
    return 0;
}
