// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// IMA ADPCM: encoder and decoder of one sample each, as the recommendation describes them.

#include "adpcm.h"

#define STEPS 89
#define SIGN 8u

static const int16_t steps[STEPS] = {
    7,     8,     9,     10,    11,    12,    13,    14,    16,    17,    19,   21,    23,
    25,    28,    31,    34,    37,    41,    45,    50,    55,    60,    66,   73,    80,
    88,    97,    107,   118,   130,   143,   157,   173,   190,   209,   230,  253,   279,
    307,   337,   371,   408,   449,   494,   544,   598,   658,   724,   796,  876,   963,
    1060,  1166,  1282,  1411,  1552,  1707,  1878,  2066,  2272,  2499,  2749, 3024,  3327,
    3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845,  8630,  9493, 10442, 11487,
    12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};

// How the index goes on, by the code without its sign.
static const int8_t moves[8] = {-1, -1, -1, -1, 2, 4, 6, 8};

static int32_t between(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

int32_t adpcm_decode(struct adpcm *state, uint32_t code)
{
    int32_t step = steps[state->index];
    int32_t difference = step >> 3;

    difference += (code & 4u) != 0u ? step : 0;
    difference += (code & 2u) != 0u ? step >> 1 : 0;
    difference += (code & 1u) != 0u ? step >> 2 : 0;
    difference = (code & SIGN) != 0u ? -difference : difference;
    state->predicted = between(state->predicted + difference, INT16_MIN, INT16_MAX);
    state->index = between(state->index + moves[code & 7u], 0, STEPS - 1);
    return state->predicted;
}

uint32_t adpcm_encode(struct adpcm *state, int32_t sample)
{
    int32_t step = steps[state->index];
    int32_t difference = sample - state->predicted;
    uint32_t code = 0;

    if (difference < 0) {
        code = SIGN;
        difference = -difference;
    }
    for (uint32_t bit = 4; bit != 0u; bit >>= 1) {
        if (difference >= step) {
            code |= bit;
            difference -= step;
        }
        step >>= 1;
    }
    (void)adpcm_decode(state, code);
    return code;
}
