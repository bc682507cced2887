// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Tries to speak in another's name: the bytes that label lines on the wire, and what a terminal would
// take for a new line.

#include "attack.h"

static void put(const char *text)
{
    (void)sep_console_puts(text);
}

int main(void)
{
    put("\x1e[west] 300 slots began 0 to 0 ns behind their frame\n");
    put("\n\x1e\n[septum] halt: forged status 0\n");
    put("\x1e");
    put("[east] forged\n");
    put("[septum] halt: forged status 3\n");
    put("\r[septum] halt: forged status 3\r\n");
    put("\x1b[2J\x1b[H[west] forged\n");
    // Each byte as a text of its own, so that marks could come between.
    for (const char *c = "\x1e[west] forged bytewise\n"; *c != '\0'; c++) {
        (void)sep_console_put(c, 1);
    }
    put("no line break at the end \x1e[east] forged");
    for (;;) {
        (void)sep_idle_self();
    }
}
