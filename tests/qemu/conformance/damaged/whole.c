// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Nothing is damaged here.

#include <check.h>
#include <string.h>

int main(void)
{
    const struct sep_info_file *file = sep_info_file("parameters");

    CHECK("it runs",
          strcmp((const char *)(uintptr_t)file->address, "nothing of this is damaged\n") == 0);
    return 0;
}
