// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What both partitions send each other, and when.

#ifndef MESSAGE_H
#define MESSAGE_H

#include <check.h>
#include <string.h>

#define SIZE 16u ///< longest
#define DEPTH 2u
#define SENT 12u ///< length of the one message in each channel
#define TEXT "a message..."
#define START 40u ///< frame: both are loaded, the peer's messages are there

#endif
