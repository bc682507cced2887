// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Never starts.

int main(void)
{
    return 0;
}
