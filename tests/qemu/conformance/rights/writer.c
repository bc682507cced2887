// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Puts a function that returns at once at both ends of every page that is shared.

#include <check.h>
#include <isa_faults.h>
#include <string.h>

static const char *const pages[] = {"page-r", "page-rw", "page-rx", "page-rwx"};

int main(void)
{
    for (unsigned i = 0; i < 4u; i++) {
        memcpy((void *)area_start(pages[i]), isa_return_code, sizeof(isa_return_code));
        memcpy((void *)(area_end(pages[i]) - sizeof(isa_return_code)), isa_return_code,
               sizeof(isa_return_code));
    }
    return 0;
}
