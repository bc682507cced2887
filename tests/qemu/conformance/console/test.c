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

// The ring takes 1 KiB. In one batch it is filled faster than it can be drained: four texts of 250
// bytes find room, the fifth is refused as a whole.
static void flood(void)
{
    static char line[5][251];
    struct sep_batch_call calls[5] = {0};
    uint32_t done = 0;

    for (uint32_t n = 0; n < 5u; n++) {
        memset(line[n], 'a' + (int)n, 250);
        line[n][249] = '\n';
        calls[n].number = SEP_HC_console_write;
        calls[n].args[0] = (uintptr_t)line[n];
        calls[n].args[1] = 250;
    }
    idle(3);
    (void)sep_batch(calls, 5, &done);
    idle(3);
    CHECK_EQUAL("four texts find room", done, 4);
    CHECK_STATUS("the fifth does not", calls[4].status, SEP_NOT_AVAILABLE);
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
