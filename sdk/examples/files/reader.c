// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads its parameters from a customisation file.

#include <septum/septum.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    const struct sep_info_file *file = sep_info_file("parameters");
    const char *text;
    const char *gain;

    if (file == NULL || sep_info_file("nothing") != NULL) {
        printf("NOT FOUND, or found what is not there\n");
        return 1;
    }
    text = (const char *)(uintptr_t)file->address;
    printf("%u bytes, hash %02x%02x...\n", (unsigned)file->size, file->sha256[0], file->sha256[1]);
    // The file is mapped with zeros behind it, so it is a text.
    gain = strstr(text, "gain=");
    printf("gain is %lu\n", gain == NULL ? 0ul : strtoul(gain + strlen("gain="), NULL, 0));
    return 0;
}
