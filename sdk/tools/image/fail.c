// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Error lines of the commands that work on images.

#include "image/fail.h"

#include <stdarg.h>
#include <stdio.h>

static void say(const char *file, const char *kind, const char *id, const char *format,
                va_list args)
{
    (void)fprintf(stderr, "%s: %s: ", file, kind);
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, " [%s]\n", id);
}

bool fail(const char *file, const char *id, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(file, "error", id, format, args);
    va_end(args);
    return false;
}

void warn(const char *file, const char *id, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(file, "warning", id, format, args);
    va_end(args);
}

int fail_usage(const char *command, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)fprintf(stderr, "septum %s: ", command);
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "; see 'septum %s --help'\n", command);
    va_end(args);
    return EXIT_USAGE;
}
