// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Images, whatever file they are in.

#include "image/image.h"

bool image_add(struct image *image, const struct image_piece *piece)
{
    if (image->piece_count == IMAGE_PIECES_MAX) {
        return false;
    }
    image->pieces[image->piece_count++] = *piece;
    return true;
}

void image_range(const struct image *image, uint64_t *start, uint64_t *end)
{
    *start = image->piece_count == 0u ? 0u : UINT64_MAX;
    *end = 0;
    for (uint32_t i = 0; i < image->piece_count; i++) {
        const struct image_piece *p = &image->pieces[i];

        *start = p->address < *start ? p->address : *start;
        *end = p->address + p->memory_size > *end ? p->address + p->memory_size : *end;
    }
}
