// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the page's parts are written with.

#include "report/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void html_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            (void)fputs("&lt;", out);
            break;
        case '>':
            (void)fputs("&gt;", out);
            break;
        case '&':
            (void)fputs("&amp;", out);
            break;
        case '"':
            (void)fputs("&quot;", out);
            break;
        default:
            (void)fputc(*text, out);
            break;
        }
    }
}

void html_coordinate(FILE *out, uint64_t value, uint64_t scale, unsigned span)
{
    uint64_t hundredths = (uint64_t)((unsigned __int128)value * span * 100u / scale);

    (void)fprintf(out, "%" PRIu64 ".%02u", hundredths / 100u, (unsigned)(hundredths % 100u));
}

unsigned html_width(const char *text)
{
    unsigned letters = 0;

    for (; *text != '\0'; text++) {
        letters += ((unsigned char)*text & 0xc0u) != 0x80u ? 1u : 0u; // bytes of one letter once
    }
    return letters * 7u;
}

void html_label(FILE *out, const char *css, unsigned x, unsigned y, unsigned width,
                const char *text)
{
    char cut[64];
    size_t fits = width / 7u;

    if (html_width(text) > width) {
        if (fits < 4u) {
            return;
        }
        fits = fits - 1u < sizeof(cut) - 1u ? fits - 1u : sizeof(cut) - 1u;
        (void)snprintf(cut, sizeof(cut), "%.*s", (int)fits, text);
        text = cut;
        (void)fprintf(out, "<text class=\"%s\" x=\"%u\" y=\"%u\">", css, x, y);
        html_text(out, text);
        (void)fputs("&#8230;</text>", out);
        return;
    }
    (void)fprintf(out, "<text class=\"%s\" x=\"%u\" y=\"%u\">", css, x, y);
    html_text(out, text);
    (void)fputs("</text>", out);
}
