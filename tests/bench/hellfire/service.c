// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The real-time service: encodes and decodes sound, and tells at the end how long each took.

#include "adpcm.h"
#include "ping.h"

#include <septum/septum.h>
#include <stdio.h>

#define SAMPLES 1024u
#define LOOK 128u ///< samples between two looks whether a ping is due
// As many as take, alone, as long as the published service took at worst: 5 x 270 + 137 ms, 4 x 270 + 109 ms.
#define ENCODED 48810u
#define DECODED 51830u

struct taken {
    sep_time_t time;      ///< by the clock
    sep_time_t processor; ///< of this vCPU
};

static int16_t samples[SAMPLES];
static uint8_t codes[SAMPLES];
static struct taken encoding[ROUNDS];
static struct taken decoding[ROUNDS];

static struct taken clocks(void)
{
    struct taken now = {0};

    (void)sep_get_time(SEP_CLOCK_HW, &now.time);
    (void)sep_get_time(SEP_CLOCK_EXEC, &now.processor);
    return now;
}

static struct taken since(struct taken begin)
{
    struct taken now = clocks();

    now.time -= begin.time;
    now.processor -= begin.processor;
    return now;
}

// A tone with some noise.
static void make_samples(void)
{
    uint32_t noise = 1;
    int32_t wave = 12000;
    int32_t slope = 0;

    for (uint32_t i = 0; i < SAMPLES; i++) {
        noise = noise * 1664525u + 1013904223u;
        slope -= wave / 64;
        wave += slope;
        samples[i] = (int16_t)(wave + (int32_t)(noise >> 23) - 256);
    }
}

static void encode(uint32_t count)
{
    struct adpcm state = {0};

    for (uint32_t i = 0; i < count; i++) {
        if (i % LOOK == 0u) {
            ping_look();
        }
        codes[i % SAMPLES] = (uint8_t)adpcm_encode(&state, samples[i % SAMPLES]);
    }
}

static uint32_t decode(uint32_t count)
{
    struct adpcm state = {0};
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i++) {
        if (i % LOOK == 0u) {
            ping_look();
        }
        sum = sum * 31u + (uint32_t)adpcm_decode(&state, codes[i % SAMPLES]);
    }
    return sum;
}

int main(void)
{
    uint32_t sum = 0;

    make_samples();
    encode(SAMPLES);
    for (uint32_t i = 0; i < SAMPLES; i++) {
        sum = sum * 31u + codes[i];
    }
    printf("sums %u %u\n", (unsigned)sum, (unsigned)decode(SAMPLES));
    for (uint32_t i = 0; i < ROUNDS; i++) {
        struct taken begin = clocks();

        encode(ENCODED);
        encoding[i] = since(begin);
        begin = clocks();
        (void)decode(DECODED);
        decoding[i] = since(begin);
    }
    for (uint32_t i = 0; i < ROUNDS; i++) {
        printf("round %llu %llu %llu %llu\n", (unsigned long long)encoding[i].time,
               (unsigned long long)encoding[i].processor, (unsigned long long)decoding[i].time,
               (unsigned long long)decoding[i].processor);
    }
    return 0;
}
