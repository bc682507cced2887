// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fuzzer of the path from a description's text to its errors: positions, shape, values, schema,
// meaning, and how errors are printed.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile/compile.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char board_text[] =
    "<Board xmlns='urn:septum:board:1' name='bench' arch='sparc'>"
    "<Memory><Region name='ram' type='ram' start='0x40000000' size='16MiB'/>"
    "<Region name='apb' type='device' start='0x80000000' size='1MiB'/></Memory>"
    "<Processors count='2'/><Protection granule='4KiB'/>"
    "<Interrupts first='1' last='14'><Reserved line='8' by='clock'/></Interrupts>"
    "<Devices><Device name='uart0' start='0x80000100' size='0x10' line='2' console='yes'/>"
    "<Reserved start='0x80000300' size='0x100' by='timer'/></Devices>"
    "<VirtualDevices processor='arm,armv8' clock='24000000'>"
    "<InterruptController type='gicv3' distributor='0x8000000' interfaces='0x80a0000'/>"
    "<Timer secure='29' physical='30' virtual='27' hypervisor='26'/>"
    "<Console type='pl011' start='0x9000000' interrupt='3'/>"
    "<Doorbells start='0xb000000' interrupt='8'/></VirtualDevices></Board>";

static const struct septum_options options = {.description = "fuzz.xml"};
static const struct board *board;
static FILE *nowhere;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    // Never closed: the board lives as long as the program.
    static struct septum *session;
    struct bytes text = {(uint8_t *)(uintptr_t)board_text, sizeof board_text - 1};

    (void)argc;
    (void)argv;
    session = septum_open(&options);
    board = board_read(&session->diags, "bench.xml", text);
    nowhere = fopen("/dev/null", "w");
    if (board == NULL || nowhere == NULL) {
        abort();
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct septum *s = septum_open(&options);
    // A copy, so that reading one byte too far is seen.
    struct bytes text = {malloc(size), size};

    if (size != 0 && text.data != NULL) {
        memcpy(text.data, data, size);
        s->board = board;
        septum_check_text(s, text);
        diag_print(&s->diags, nowhere);
        diag_print_json(&s->diags, nowhere);
    }
    free(text.data);
    septum_close(s);
    return 0;
}
