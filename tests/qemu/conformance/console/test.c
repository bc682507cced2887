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

// Five texts of 250 bytes for a ring of 1 KiB, faster than they can be drained on a real line: they come out
// complete and in order. (The system `silent` fills a ring.)
static void flood(void)
{
    static char line[250];

    for (uint32_t n = 0; n < 5u; n++) {
        memset(line, 'a' + (int)n, sizeof(line));
        line[sizeof(line) - 1u] = '\n';
        (void)sep_console_put(line, sizeof(line));
    }
}

static void from_read_only(void)
{
    sep_status_t name = sep_console_write(sep_info()->name, 4);
    sep_status_t end = sep_console_write("\n", 1);

    CHECK_STATUS("from read-only memory", name, SEP_OK);
    CHECK_STATUS("a line break", end, SEP_OK);
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
