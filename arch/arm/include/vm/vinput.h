// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// To which of several emulated UARTs the input of one console goes: to the first one, until the escape, Ctrl-A three
// times in a row, directs it to the next one, round in a circle.

#ifndef VM_VINPUT_H
#define VM_VINPUT_H

#include <vm/vpl011.h>

struct vinput {
    struct vpl011 *focus; ///< NULL: there is none
    uint32_t escapes;     ///< Ctrl-A in a row
};

/// A further one. Boot only.
void vinput_add(struct vinput *input, struct vpl011 *uart);

/// A byte has come in: the UART that has received it, or lost it for want of room; the third Ctrl-A in a row is
/// nobody's: NULL, and the next one has the input. There is a focus. Bound: constant.
struct vpl011 *vinput_take(struct vinput *input, uint8_t byte);

#endif
