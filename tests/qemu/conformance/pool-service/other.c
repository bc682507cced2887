// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// May do nothing of that.

#include <check.h>

int main(void)
{
    struct sep_periodic_status status = {0};

    CHECK_STATUS("start", sep_periodic_start(1, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("stop", sep_periodic_stop(1, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("status", sep_periodic_status(1, 0, &status), SEP_NO_PERMISSION);
    return 0;
}
