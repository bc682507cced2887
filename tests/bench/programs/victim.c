// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition to which things are done.

#include <septum/septum.h>

int main(void)
{
    for (;;) {
        (void)sep_idle_self();
    }
}
