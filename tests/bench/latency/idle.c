// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A neighbour that has nothing to do; it ends when the others do.

#include <septum/septum.h>

#define GUEST 0u

int main(void)
{
    struct sep_partition_status status;

    do {
        (void)sep_idle_self();
    } while (sep_partition_status(GUEST, &status) == SEP_OK && status.state != SEP_STATE_HALTED);
    return 0;
}
