// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// IMA ADPCM: 16-bit samples to 4 bits each and back. Source: Interactive Multimedia Association, Digital Audio
// Focus and Technical Working Groups, Recommended Practices for Enhancing Digital Audio Compatibility, 1992.

#ifndef HELLFIRE_ADPCM_H
#define HELLFIRE_ADPCM_H

#include <stdint.h>

/// What encoder and decoder know of the samples before; all zero at first.
struct adpcm {
    int32_t predicted; ///< -32768 … 32767
    int32_t index;     ///< of the step, 0 … 88
};

/// Encodes a sample, -32768 … 32767; answers its code, 0 … 15.
uint32_t adpcm_encode(struct adpcm *state, int32_t sample);

/// Decodes a code, 0 … 15; answers the sample.
int32_t adpcm_decode(struct adpcm *state, uint32_t code);

#endif
