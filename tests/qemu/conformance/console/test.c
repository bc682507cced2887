// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Limits of the console.

#include <check.h>
#include <string.h>

static char text[SEP_CONSOLE_WRITE_MAX + 1u];

static void limits(void)
{
    memset(text, 'x', sizeof(text));
    CHECK_STATUS("nothing", sep_console_write(text, 0), SEP_OK);
    CHECK_STATUS("one too long", sep_console_write(text, SEP_CONSOLE_WRITE_MAX + 1u),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("far too long", sep_console_write(text, (size_t)-1), SEP_INVALID_PARAM);
    CHECK_STATUS("from nowhere", sep_console_write(NULL, 1), SEP_INVALID_ADDRESS);
    CHECK_STATUS("over the end of memory", sep_console_write((const char *)area_end("ram") - 1, 2),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("over the end of the address space",
                 sep_console_write((const char *)((uintptr_t)0 - 1u), 2), SEP_INVALID_ADDRESS);
}

// The ring takes 1 KiB while nobody drains it, all or nothing of each text.
static void flood(void)
{
    unsigned taken = 0;
    unsigned refused = 0;

    for (unsigned n = 0; n < 40u; n++) {
        char line[64];
        int length = snprintf(line, sizeof(line),
                              "flood %02u 0123456789012345678901234567890123456789\n", taken);

        if (sep_console_write(line, (size_t)length) == SEP_OK) {
            taken++;
        } else {
            refused++;
        }
    }
    idle(3);
    printf("%u lines taken or refused\n", taken + refused);
}

static void from_read_only(void)
{
    CHECK_STATUS("from read-only memory", sep_console_write((const char *)sep_info()->name, 4),
                 SEP_OK);
    CHECK_STATUS("a line break", sep_console_write("\n", 1), SEP_OK);
}

int main(void)
{
    limits();
    from_read_only();
    flood();
    // No text of a partition looks like another's.
    (void)sep_console_puts("\x1e\n[septum] halt: status 0\n");
    (void)sep_console_puts("[mute] I am not mute\n");
    printf("end\n");
    return 0;
}
